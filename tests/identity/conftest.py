"""People of a world as actors, and the account's sealers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from backend.authz.actor import Actor
from backend.db.sealed import Sealers
from backend.db.session import Database
from backend.identity.service import actor_of
from backend.infra.keys.fake import FakeKeys
from tests.factory import World


@pytest.fixture
def sealers(keys: FakeKeys) -> Sealers:
    return Sealers(keys)


@pytest.fixture
def actor(db: Database, world: World) -> Callable[[str], Awaitable[Actor]]:
    """`await actor("admin")` is that person as they are now."""

    async def make(person: str) -> Actor:
        async with db.reading(world.id) as session:
            found = await actor_of(session, world.id, world.users[person])
        assert found is not None
        return found

    return make
