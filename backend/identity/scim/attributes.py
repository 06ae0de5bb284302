"""
What a User's document says, as mapping rules ask for it: values by attribute name. Pure.

A plain attribute stands under its name (`userType`), a part of a complex one under its dotted path (`name.familyName`), a list of complex
ones under its name with the `value` of each (`entitlements`, `roles`, `emails`), and an extension's under URN and name
(`urn:…:User:department`). What the enterprise extension holds stands under its short name too (`department`). `groups` are the display
names of the groups that hold the person, directly or through another group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from backend.identity.scim.documents import Document
from backend.identity.scim.provider import ENTERPRISE

_UNSAID = frozenset({"schemas", "id", "meta", "groups"})


def attributes_of(body: Document, groups: Sequence[str]) -> dict[str, list[str]]:
    """Values by attribute name, each as text; booleans are `true` and `false`."""
    found: dict[str, list[str]] = {"groups": list(groups)}
    for name, value in _said(body):
        values = found.setdefault(name, [])
        if value not in values:
            values.append(value)
    return found


def _said(body: Document) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        if name in _UNSAID:
            continue
        if name.lower().startswith("urn:") and isinstance(value, dict):
            for inner, item in value.items():
                yield from _leaves(f"{name}:{inner}", item)
                if name == ENTERPRISE and inner not in body:
                    yield from _leaves(inner, item)
        else:
            yield from _leaves(name, value)


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if "value" in value:
            yield from _leaves(name, value["value"])
        for inner, item in value.items():
            if inner != "value":
                yield from _leaves(f"{name}.{inner}", item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(name, item)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None and str(value).strip():
        yield name, str(value)
