"""API tokens: what they open, for how long, and how they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.authz.actions import AccountAction, Action, Scope
from backend.clock import utc_now
from backend.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.identity.rules import token_hash
from backend.identity.tokens import service
from backend.identity.tokens.rules import Audience, Kind
from backend.identity.tokens.service import NewToken
from backend.identity.tokens.tables import ApiToken, SigningKey
from backend.licensing.tables import Seat


@pytest.fixture
def make(db, world, sealers, actor):
    """`await make("admin", "read")` is a token's row and its secret."""

    async def create(person: str, *scopes: str, kind: Kind = Kind.API, days: int = 30, name: str = "A script"):
        who = await actor(person)
        async with db.writing(world.id, address="192.0.2.1") as session:
            return await service.create(session, who, sealers, NewToken(name, scopes, days, kind))

    return create


@pytest.fixture
def resolve(db, sealers):
    async def found(token: str, audience: Audience = Audience.API):
        return await service.resolve_bearer(db, sealers, token, audience)

    return found


async def change(db, world, statement):
    async with db.writing(world.id) as session:
        await session.execute(statement)


async def test_a_token_acts_as_its_owner_and_is_stored_as_its_hash(db, world, make, resolve):
    row, secret = await make("supervisor", "interaction.read")
    assert secret.startswith("assay_ey")
    found = await resolve(secret)
    assert (found.actor.user_id, found.actor.kind, found.token_id) == (world.users["supervisor"], "token", row.id)
    assert found.actor.permissions == {Action.INTERACTION_READ: Scope.TEAM}
    assert found.actor.team_ids == {world.teams["north"]}
    async with db.reading(world.id) as session:
        kept = (await session.execute(text("SELECT api_token::text FROM api_token"))).scalar_one()
        (entry,) = (await session.execute(select(AuditEntry))).scalars()
    assert secret not in kept
    assert token_hash(secret).hex() in kept
    assert secret.endswith(row.hint)
    assert (entry.action, entry.object_id, entry.address) == ("token.create", row.id, "192.0.2.1")


async def test_scopes_cut_what_the_owner_may(make, resolve):
    _, secret = await make("admin", "read", "account.audit")
    found = (await resolve(secret)).actor
    assert set(found.permissions) == {Action.INTERACTION_READ, Action.TRANSCRIPT_READ, Action.RECORDING_PLAY}
    assert found.may(AccountAction.AUDIT_READ)
    assert not found.may(AccountAction.USERS_EDIT)


async def test_a_token_never_has_more_than_its_owner_has_now(db, world, make, resolve):
    _, secret = await make("admin", "read", "account.users")
    await change(db, world, update(User).where(col(User.id) == world.users["admin"]).values(account_role="member"))
    await change(db, world, delete(Seat).where(col(Seat.user_id) == world.users["admin"]))
    found = (await resolve(secret)).actor
    assert found.permissions == {}
    assert not any(found.may(action) for action in AccountAction)


@pytest.mark.parametrize(
    ("person", "scopes", "pointer"),
    [
        ("agent", [], "/input/scopes"),
        ("agent", ["read", "nonsense"], "/input/scopes/1"),
        ("agent", ["interaction.ingest"], "/input/scopes/0"),
        ("agent", ["account.users"], "/input/scopes/0"),
        ("seatless", ["interaction.read"], "/input/scopes/0"),
    ],
)
async def test_a_scope_that_the_owner_lacks_is_refused(make, person, scopes, pointer):
    with pytest.raises(InvalidInput) as refused:
        await make(person, *scopes)
    assert refused.value.pointer == pointer


@pytest.mark.parametrize(("days", "name", "pointer"), [(0, "x", "days"), (367, "x", "days"), (1, " ", "name"), (1, "x" * 81, "name")])
async def test_what_is_out_of_bounds_is_refused(make, days, name, pointer):
    with pytest.raises(InvalidInput) as refused:
        await make("admin", "read", days=days, name=name)
    assert refused.value.pointer == f"/input/{pointer}"


async def test_nobody_gathers_tokens_without_end(make, monkeypatch):
    monkeypatch.setattr(service, "MOST_TOKENS", 2)
    await make("admin", "read")
    await make("admin", "read")
    with pytest.raises(Conflict, match="Revoke one"):
        await make("admin", "read")
    await make("agent", "read")


async def test_an_unknown_or_altered_token_is_nobodys(make, resolve):
    _, secret = await make("admin", "read")
    for wrong in ("", "assay_", secret.removeprefix("assay_"), secret[:-1], secret + "x", "assay_" + "x" * 5_000, "assay_é"):
        assert await resolve(wrong) is None, wrong


async def test_a_row_alone_makes_no_token(db, world, make, resolve):
    """Who can write to the database but does not hold the account's key cannot make a token."""
    row, secret = await make("agent", "read")
    await change(db, world, update(ApiToken).values(user_id=world.users["admin"]))
    assert await resolve(secret) is None
    await change(db, world, update(ApiToken).values(user_id=row.user_id, expires_at=row.expires_at + timedelta(days=1)))
    assert await resolve(secret) is None
    await change(db, world, update(ApiToken).values(expires_at=row.expires_at))
    assert await resolve(secret) is not None


async def test_a_token_ends_when_it_expires_when_it_is_revoked_and_when_its_owner_is_switched_off(db, world, make, resolve, actor):
    row, secret = await make("agent", "read")
    await change(db, world, update(User).where(col(User.id) == row.user_id).values(active=False))
    assert await resolve(secret) is None
    await change(db, world, update(User).where(col(User.id) == row.user_id).values(active=True))
    assert await resolve(secret) is not None
    who = await actor("agent")
    async with db.writing(world.id) as session:
        await service.revoke(session, who, token_id=row.id)
    assert await resolve(secret) is None
    other, secret = await make("agent", "read")
    await change(db, world, update(ApiToken).where(col(ApiToken.id) == other.id).values(expires_at=utc_now()))
    assert await resolve(secret) is None


async def test_who_may_revoke_what(db, world, make, actor):
    row, _ = await make("agent", "read")
    for person, number in (("supervisor", row.id), ("agent", row.id + 1)):
        with pytest.raises(NotFound):
            async with db.writing(world.id) as session:
                await service.revoke(session, await actor(person), token_id=number)
    async with db.writing(world.id) as session:
        assert (await service.revoke(session, await actor("admin"), token_id=row.id)).revoked_at is not None


async def test_a_scim_token_opens_scim_alone_and_outlives_its_maker(db, world, make, resolve):
    _, secret = await make("admin", kind=Kind.SCIM)
    assert await resolve(secret) is None
    await change(db, world, update(User).values(active=False))
    found = (await resolve(secret, Audience.SCIM)).actor
    assert (found.kind, found.user_id, found.permissions) == ("scim", None, {})
    assert found.may(AccountAction.USERS_EDIT)
    assert found.account_role != "owner"


async def test_an_api_token_does_not_open_scim(make, resolve):
    _, secret = await make("admin", "account.identity")
    assert await resolve(secret, Audience.SCIM) is None


async def test_a_scim_token_needs_the_permission_and_has_no_scopes(make):
    with pytest.raises(NotPermitted):
        await make("agent", kind=Kind.SCIM)
    with pytest.raises(InvalidInput):
        await make("admin", "read", kind=Kind.SCIM)


async def test_use_is_noted_at_most_once_a_minute(db, world, make, resolve, monkeypatch):
    _, secret = await make("agent", "read")
    begin = utc_now()
    seen = []
    for seconds in (0, 30, 61):
        monkeypatch.setattr(service, "utc_now", lambda seconds=seconds: begin + timedelta(seconds=seconds))
        assert await resolve(secret) is not None
        async with db.reading(world.id) as session:
            seen.append((await session.scalar(select(col(ApiToken.last_used_at)))) - begin)
    assert [moment.total_seconds() for moment in seen] == [0, 0, 61]


async def test_a_rotated_key_verifies_until_its_tokens_end(db, world, make, resolve, actor, sealers):
    row, old = await make("agent", "read")

    async def rotate() -> int:
        async with db.writing(world.id) as session:
            return await service.rotate(session, await actor("admin"), sealers)

    assert await rotate() == 1
    fresh, new = await make("agent", "read")
    assert fresh.kid != row.kid
    assert await resolve(old) is not None
    assert await resolve(new) is not None
    async with db.writing(world.id) as session:
        await service.revoke(session, await actor("agent"), token_id=row.id)
    assert await rotate() == 1
    async with db.reading(world.id) as session:
        kids = {key.kid: key.retired_at for key in (await session.execute(select(SigningKey))).scalars()}
    assert row.kid not in kids, "no token needs it"
    assert kids.pop(fresh.kid) is not None
    assert list(kids.values()) == [None]


async def test_rotating_needs_the_permission(db, world, actor, sealers):
    with pytest.raises(NotPermitted):
        async with db.writing(world.id) as session:
            await service.rotate(session, await actor("supervisor"), sealers)


async def test_what_is_listed(db, world, make, actor):
    own, _ = await make("agent", "read", name="Mine")
    await make("admin", kind=Kind.SCIM, name="Entra")
    gone, _ = await make("agent", "read", name="Long gone")
    past = utc_now() - timedelta(days=91)
    await change(db, world, update(ApiToken).where(col(ApiToken.id) == gone.id).values(revoked_at=past))
    async with db.reading(world.id) as session:
        assert [row.id for row in await service.listed(session, await actor("agent"), everybodys=False)] == [own.id]
        assert [row.name for row in await service.listed(session, await actor("admin"), everybodys=True)] == ["Entra", "Mine"]
        with pytest.raises(NotPermitted):
            await service.listed(session, await actor("agent"), everybodys=True)


async def test_another_accounts_tokens_are_not_found(db, world, new_account, make, sealers):
    row, _ = await make("admin", "read")
    stranger = await new_account(db)
    async with db.reading(stranger.id) as session:
        who = await service.actor_of(session, stranger.id, stranger.users["admin"])
    with pytest.raises(NotFound):
        async with db.writing(stranger.id) as session:
            await service.revoke(session, who, token_id=row.id)
