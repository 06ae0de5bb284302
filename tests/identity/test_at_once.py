"""What must hold where two requests come at the same moment: real commits on a database of the test's own."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest

from backend.clock import utc_now
from backend.db.sealed import Sealers
from backend.errors import SignInRefused
from backend.graphql.context import Caller
from backend.identity import passwords, repository, service
from backend.identity.factor import service as factor
from backend.identity.rules import Lifetime
from backend.identity.sign_in.service import Credentials, Doorkeeper, sign_in
from backend.infra.limiter.fake import FakeLimiter

PASSWORD = "plum tractor sings"
LIFE = Lifetime(timedelta(hours=1), timedelta(days=1))


@pytest.fixture
async def world(fresh_db, new_account):
    return await new_account(fresh_db)


@pytest.fixture
async def owner(fresh_db, world, sealers: Sealers, monkeypatch):
    """The owner's second factor: a fresh code of the app, and the recovery codes. Time stands still for codes."""
    now = utc_now()
    monkeypatch.setattr(factor, "utc_now", lambda: now)
    hashed = passwords.hash_password(PASSWORD)
    async with fresh_db.writing(world.id) as session:
        actor = await service.actor_of(session, world.id, world.users["admin"])
        (await repository.user(session, world.id, world.users["admin"])).password_hash = hashed
        secret = (await factor.begin(session, actor, sealers)).secret
    async with fresh_db.writing(world.id) as session:
        codes = await factor.confirm(session, actor, sealers, pyotp.TOTP(secret).at(now - timedelta(seconds=30)))
    return pyotp.TOTP(secret).at(now), codes


@pytest.mark.parametrize("kind", ["app", "recovery"])
async def test_one_code_lets_one_in(fresh_db, world, owner, sealers, kind):
    fresh, codes = owner
    code = fresh if kind == "app" else codes[0]
    keeper = Doorkeeper(fresh_db, sealers, FakeLimiter(), LIFE)
    given = Credentials(world.slug, "admin@example.com", PASSWORD, code)
    done = await asyncio.gather(*(sign_in(keeper, given, Caller()) for _ in range(3)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["SignInRefused", "SignInRefused", "SignedIn"]
    assert all("used before" in str(each) for each in done if isinstance(each, SignInRefused))
