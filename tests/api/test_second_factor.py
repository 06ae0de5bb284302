"""The second factor through the API: set up, asked for, used once, lost and reset."""

from __future__ import annotations

from sqlalchemy import select, text, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.graphql.ids import global_id
from backend.identity.sign_in import service as signing
from backend.identity.tables import Session
from tests.api.codes import BEGIN, CONFIRM, SIGN_IN, given, set_up

DISABLE = """mutation ($code: String!) { disableTwoFactor(code: $code) { __typename
  ... on DisableTwoFactorPayload { viewer { twoFactor } } ... on InvalidInput { pointer } ... on Conflict { message } } }"""
RESET = """mutation ($id: ID!) { resetTwoFactor(userId: $id) { __typename
  ... on ResetTwoFactorPayload { user { twoFactor } } ... on NotPermitted { permission } } }"""
WHO = "{ viewer { name twoFactor } }"


async def sign_in(client, world, person: str = "supervisor", **more):
    return (await client.ask(SIGN_IN, input=given(world, person, **more)))["signIn"]


async def test_a_factor_counts_once_it_was_confirmed(db, world, as_person, nobody, clock, password):
    client = await as_person(world, "supervisor")
    begun = (await client.ask(BEGIN))["beginTwoFactor"]
    assert begun["uri"].startswith("otpauth://totp/")
    assert begun["qr"].startswith("<svg")
    assert (await sign_in(nobody, world))["__typename"] == "SignInPayload", "not yet"
    wrong = (await client.ask(CONFIRM, code="000000"))["confirmTwoFactor"]
    assert wrong == {"__typename": "InvalidInput", "pointer": "/code"}
    secret, codes = await set_up(client, clock)
    assert secret != begun["secret"], "beginning again makes another secret"
    assert len(codes) == 10
    assert (await client.ask(WHO))["viewer"]["twoFactor"] is True
    async with db.reading(world.id) as session:
        kept = (await session.execute(text("SELECT second_factor::text FROM second_factor"))).scalar_one()
        hashes = (await session.execute(text("SELECT string_agg(recovery_code::text, ' ') FROM recovery_code"))).scalar_one()
    assert secret not in kept
    assert secret.encode().hex() not in kept
    assert not any(code in hashes for code in codes)


async def test_signing_in_asks_for_a_code_and_takes_each_once(world, as_person, nobody, clock, password):
    secret, _ = await set_up(await as_person(world, "supervisor"), clock)
    needed = await sign_in(nobody, world)
    assert (needed["__typename"], needed["code"]) == ("SecondFactorNeeded", "second_factor_needed")
    assert not nobody.http.cookies
    code = clock.code(secret)
    assert (await sign_in(nobody, world, code=code))["viewer"] == {"name": "Supervisor", "twoFactor": True}
    again = await sign_in(nobody, world, code=code)
    assert again["__typename"] == "SignInRefused"
    assert "used before" in again["message"]


async def test_without_the_right_password_nothing_is_said_of_a_code(world, as_person, nobody, clock, password):
    secret, _ = await set_up(await as_person(world, "supervisor"), clock)
    for more in ({}, {"code": clock.code(secret)}):
        found = await sign_in(nobody, world, **{**more, "password": "wrong"})
        assert found["__typename"] == "SignInRefused"
        assert "go together" in found["message"]
    assert (await sign_in(nobody, world, code=clock.code(secret)))["__typename"] == "SignInPayload", "the code was not used up"


async def test_a_recovery_code_stands_in_once(world, as_person, nobody, clock, password):
    _, codes = await set_up(await as_person(world, "supervisor"), clock)
    assert (await sign_in(nobody, world, code=codes[3].upper().replace("-", " ")))["__typename"] == "SignInPayload"
    assert (await sign_in(nobody, world, code=codes[3]))["__typename"] == "SignInRefused"
    assert (await sign_in(nobody, world, code=codes[4]))["__typename"] == "SignInPayload"


async def test_too_many_codes_have_to_wait(world, as_person, nobody, clock, password):
    secret, codes = await set_up(await as_person(world, "supervisor"), clock)
    for _ in range(signing.ATTEMPTS_A_CODE):
        assert (await sign_in(nobody, world, code="000000"))["retryAfterS"] is None
    for code in (clock.code(secret), codes[0]):
        assert (await sign_in(nobody, world, code=code))["retryAfterS"] == signing.WINDOW_S


async def test_codes_of_the_page_are_counted_too(world, as_person, clock):
    client = await as_person(world, "supervisor")
    secret = (await client.ask(BEGIN))["beginTwoFactor"]["secret"]
    for _ in range(signing.ATTEMPTS_A_CODE):
        assert (await client.ask(CONFIRM, code="000000"))["confirmTwoFactor"]["__typename"] == "InvalidInput"
    found = (await client.ask(CONFIRM, code=clock.code(secret)))["confirmTwoFactor"]
    assert "Too many attempts" in found["message"]


async def test_confirming_ends_other_sessions_and_renews_this_one(db, world, as_person, nobody, clock):
    client, elsewhere = [await as_person(world, "supervisor") for _ in range(2)]
    before = client.http.cookies["assay"]
    await set_up(client, clock)
    after = client.http.cookies["assay"]
    assert after != before
    assert (await client.ask(WHO))["viewer"] is not None
    assert (await elsewhere.ask(WHO))["viewer"] is None
    nobody.http.cookies.set("assay", before, domain="assay.test")
    assert (await nobody.ask(WHO))["viewer"] is None, "the old token opens nothing"
    async with db.reading(world.id) as session:
        assert len((await session.execute(select(Session))).scalars().all()) == 1


async def test_switching_it_off_needs_a_code(world, as_person, nobody, clock, password):
    client = await as_person(world, "supervisor")
    assert "no second factor" in (await client.ask(DISABLE, code="000000"))["disableTwoFactor"]["message"]
    secret, _ = await set_up(client, clock)
    assert (await client.ask(DISABLE, code="000000"))["disableTwoFactor"]["pointer"] == "/code"
    assert "already" in (await client.ask(BEGIN))["beginTwoFactor"]["message"]
    assert (await client.ask(DISABLE, code=clock.code(secret)))["disableTwoFactor"]["viewer"] == {"twoFactor": False}
    assert (await sign_in(nobody, world))["__typename"] == "SignInPayload"


async def test_an_administrator_resets_a_lost_one(db, world, as_person, nobody, clock, password):
    lost, admin = await as_person(world, "supervisor"), await as_person(world, "admin")
    await set_up(lost, clock)
    id = global_id("User", world.users["supervisor"])
    refused = (await (await as_person(world, "evaluator")).ask(RESET, id=id))["resetTwoFactor"]
    assert refused == {"__typename": "NotPermitted", "permission": "account.users"}
    assert (await admin.ask(RESET, id=id))["resetTwoFactor"]["user"] == {"twoFactor": False}
    assert (await lost.ask(WHO))["viewer"] is None
    assert (await sign_in(nobody, world))["__typename"] == "SignInPayload"
    for other in (global_id("User", 10**9), "nonsense"):
        assert (await admin.ask(RESET, id=other))["resetTwoFactor"]["__typename"] == "NotFound"
    async with db.reading(world.id) as session:
        actions = (await session.execute(select(col(AuditEntry.action)).order_by(col(AuditEntry.id)))).scalars().all()
    assert [name for name in actions if name.startswith("second_factor")] == ["second_factor.confirm", "second_factor.reset"]


async def test_only_an_owner_takes_an_owners(db, world, as_person, clock):
    await set_up(await as_person(world, "admin"), clock)
    async with db.writing(world.id) as session:
        await session.execute(update(User).where(col(User.id) == world.users["supervisor"]).values(account_role="admin"))
    found = (await (await as_person(world, "supervisor")).ask(RESET, id=global_id("User", world.users["admin"])))["resetTwoFactor"]
    assert found == {"__typename": "NotPermitted", "permission": "account.owner"}
