"""What a resolver knows: who asks, the services, and the operation's own snapshot, loaders and audit notes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias, TypeVar

import strawberry
from graphql import GraphQLError
from starlette.responses import Response
from strawberry.dataloader import DataLoader

from backend.authz.actor import Actor
from backend.db.session import ReadSession, Session
from backend.graphql.reading import Reading
from backend.graphql.services import Services

K = TypeVar("K")
V = TypeVar("V")
Note: TypeAlias = tuple[str, str, int | None, dict[str, Any]]
"""Action, object type, object id, detail."""


@dataclass(frozen=True, slots=True)
class Caller:
    """
    Where a request comes from. `token` is the cookie's; `session_id` and `expires_at` are those of its session. `bearer`: a token was
    shown instead, which `expires_at` is then of.
    """

    address: str | None = None
    user_agent: str | None = None
    token: str | None = None
    session_id: int | None = None
    expires_at: datetime | None = None
    bearer: bool = False


@dataclass
class Context:
    """Of a request or a socket; `for_operation` gives each operation its own snapshot, loaders and notes."""

    services: Services
    actor: Actor | None
    caller: Caller
    response: Response | None = None
    reading: Reading = field(init=False)
    notes: list[Note] = field(default_factory=list)
    loaders: dict[Any, DataLoader[Any, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reading = Reading(self.services.database)

    def for_operation(self) -> Context:
        return Context(self.services, self.actor, self.caller, self.response)

    @property
    def viewer(self) -> Actor:
        """The one who asks. Raises where nobody is signed in."""
        if self.actor is None:
            raise GraphQLError("Sign in first: nobody is signed in, or the session has ended.", extensions={"code": "unauthenticated"})
        return self.actor

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        async with self.reading.of(self.viewer.account_id) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """One transaction on the viewer's account, which remembers where it was asked for."""
        async with self.services.database.writing(self.viewer.account_id, address=self.caller.address) as session:
            yield session

    async def load(self, batch: Callable[[Context, list[K]], Awaitable[list[V]]], key: K) -> V:
        """One of many: keys asked for together reach `batch` in one call. It answers in their order."""
        loader = self.loaders.get(batch)
        if loader is None:
            loader = self.loaders[batch] = DataLoader(load_fn=partial(batch, self))
        value: V = await loader.load(key)
        return value

    def note(self, action: str, object_type: str, object_id: int | None = None, **detail: Any) -> None:
        """Goes into the audit log before the answer leaves, once an operation."""
        said = (action, object_type, object_id, detail)
        if said not in self.notes:
            self.notes.append(said)

    async def renew(self) -> None:
        """What is read from here on is read afresh: a commit or an event has changed it."""
        self.loaders.clear()
        await self.reading.renew()


Info: TypeAlias = strawberry.Info[Context, None]
