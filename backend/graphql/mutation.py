"""
Mutations: each says which permission it needs, answers expected errors as types, and resolves its sub-selection after the commit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver

from backend.authz.actions import AccountAction, Action
from backend.errors import AssayError, InPersonOnly, NotPermitted
from backend.graphql.context import Context, Info
from backend.graphql.errors import typed


class Open(StrEnum):
    """Mutations that need no permission of a role."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed in"


class Mutates(FieldExtension):
    """
    `permission` is asked before the resolver runs; `in_person` refuses those who ask through a token. The read snapshot is let go before
    and after: a mutation opens its own transaction, and what it returns is read from the state that it made.
    """

    def __init__(self, permission: Action | AccountAction | Open, *, in_person: bool = False) -> None:
        self.permission = permission
        self.in_person = in_person

    async def resolve_async(self, next_: AsyncExtensionResolver, source: Any, info: Any, **kwargs: Any) -> Any:
        context = cast("Info", info).context
        try:
            self._check(context)
            await context.renew()
            return await next_(source, info, **kwargs)
        except AssayError as error:
            return typed(error)
        finally:
            await context.renew()

    def _check(self, context: Context) -> None:
        if self.permission is Open.ANYBODY:
            return
        viewer = context.viewer
        if self.in_person and viewer.token_id is not None:
            raise InPersonOnly
        if isinstance(self.permission, Action) and viewer.scope(self.permission) is None:
            raise NotPermitted(self.permission)
        if isinstance(self.permission, AccountAction):
            viewer.require_account(self.permission)
