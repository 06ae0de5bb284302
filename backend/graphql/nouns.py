"""
Nouns whose types are composed above the domains: a domain names them lazily, and makes them by name while a query runs.
"""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.types.base import StrawberryObjectDefinition

from backend.graphql.context import Info


@strawberry.interface
class Node:
    id: strawberry.ID


def noun(info: Info, name: str) -> Any:
    """The final class of a type, e.g. `noun(info, "Interaction")`."""
    definition = info.schema.get_type_by_name(name)
    assert isinstance(definition, StrawberryObjectDefinition), name
    return definition.origin
