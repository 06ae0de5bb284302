"""How an account's people may sign in, and switching passwords off without locking everybody out."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from backend.identity.methods import service as methods
from backend.identity.methods.service import Provider
from tests.api.codes import PASSWORD, SIGN_IN, Clock, given, set_up

METHODS = "query ($account: String!) { signInMethods(account: $account) { password providers { id name url } } }"
SET = """mutation ($on: Boolean!) { setPasswordSignIn(on: $on) { __typename
  ... on SetPasswordSignInPayload { passwordSignIn } ... on Conflict { message } } }"""
DISABLE = "mutation ($code: String!) { disableTwoFactor(code: $code) { __typename ... on Conflict { message } } }"
RESET = "mutation ($id: ID!) { resetTwoFactor(userId: $id) { __typename ... on Conflict { message } } }"
CHANGE = "mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }"
ENTRA = Provider("p1", "Entra", "/saml/p1/login")


@pytest.fixture
def provider(world, monkeypatch):
    """An active identity provider of the account."""

    async def source(_session, account_id):
        return [ENTRA] if account_id == world.id else []

    monkeypatch.setattr(methods, "_sources", [source])


async def switched(client, on: bool):
    return (await client.ask(SET, on=on))["setPasswordSignIn"]


async def test_an_unknown_account_answers_like_one_with_passwords_alone(world, nobody, new_account, db, provider):
    plain = await new_account(db)
    answers = [(await nobody.ask(METHODS, account=name))["signInMethods"] for name in (plain.slug, "no-such", "", "x" * 5_000)]
    assert answers == [{"password": True, "providers": []}] * 4
    found = (await nobody.ask(METHODS, account=f" {world.slug.upper()} "))["signInMethods"]
    assert found == {"password": True, "providers": [{"id": "p1", "name": "Entra", "url": "/saml/p1/login"}]}


async def test_an_address_that_asks_about_many_accounts_has_to_wait_whichever_it_asks_about(world, nobody, provider, limiter, monkeypatch):
    monkeypatch.setattr("backend.identity.methods.schema.QUESTIONS_AN_ADDRESS", 3)
    for number in range(3):
        assert (await nobody.ask(METHODS, account=f"guess-{number}"))["signInMethods"]["password"] is True
    refusals = [await nobody.refused(METHODS, account=name) for name in (world.slug, "no-such")]
    assert refusals[0]["extensions"]["code"] == "sign_in_refused"
    assert refusals[0]["message"] == refusals[1]["message"]
    assert "Too many attempts" in refusals[0]["message"]
    assert not any(world.slug in key or "127.0.0.1" in key for key in limiter.counts)


async def test_off_needs_a_provider(world, as_person, password, clock):
    owner = await as_person(world, "admin")
    await set_up(owner, clock)
    assert "connect an identity provider" in (await switched(owner, False))["message"]


async def test_off_needs_an_owner_with_password_and_second_factor(db, world, as_person, nobody, password, provider, clock):
    owner = await as_person(world, "admin")
    assert "second factor" in (await switched(owner, False))["message"]
    await set_up(await as_person(world, "supervisor"), clock)
    assert "second factor" in (await switched(owner, False))["message"], "a member's is no way in"
    await set_up(owner, clock)
    async with db.writing(world.id) as session:
        await session.execute(text("UPDATE person SET password_hash = NULL WHERE id = :id"), {"id": world.users["admin"]})
    assert "second factor" in (await switched(owner, False))["message"], "nor is one without a password"
    assert (await nobody.ask(METHODS, account=world.slug))["signInMethods"]["password"] is True


async def test_switched_off_only_an_owner_with_a_code_gets_in_by_password(db, world, as_person, nobody, password, provider, clock: Clock):
    owner, member = await as_person(world, "admin"), await as_person(world, "supervisor")
    secret, _ = await set_up(owner, clock)
    other, _ = await set_up(member, clock)
    assert await switched(owner, False) == {"__typename": "SetPasswordSignInPayload", "passwordSignIn": False}
    assert (await nobody.ask(METHODS, account=world.slug))["signInMethods"]["password"] is False
    assert (await member.ask("{ viewer { name } }"))["viewer"], "sessions that are open stay"
    refused = (await nobody.ask(SIGN_IN, input=given(world, "supervisor", code=clock.code(other))))["signIn"]
    assert (refused["__typename"], "your organisation" in refused["message"]) == ("SignInRefused", True)
    wrong = (await nobody.ask(SIGN_IN, input=given(world, "supervisor", password="wrong")))["signIn"]
    assert "go together" in wrong["message"], "who does not know the password learns nothing more"
    assert (await nobody.ask(SIGN_IN, input=given(world, "admin")))["signIn"]["__typename"] == "SecondFactorNeeded"
    opened = (await nobody.ask(SIGN_IN, input=given(world, "admin", code=clock.code(secret))))["signIn"]
    assert opened["__typename"] == "SignInPayload"
    assert (await member.ask(CHANGE, input={"old": PASSWORD, "new": "seven quiet lamps"}))["changePassword"]["__typename"] == "Conflict"
    assert (await switched(owner, True))["passwordSignIn"] is True
    clock.step()
    assert (await nobody.ask(SIGN_IN, input=given(world, "supervisor", code=clock.code(other))))["signIn"]["__typename"] == "SignInPayload"


async def test_the_last_way_in_stays(world, as_person, password, provider, clock):
    owner = await as_person(world, "admin")
    secret, _ = await set_up(owner, clock)
    await switched(owner, False)
    assert "last owner's way in" in (await owner.ask(DISABLE, code=clock.code(secret)))["disableTwoFactor"]["message"]
    id = (await owner.ask("{ viewer { id } }"))["viewer"]["id"]
    assert "last owner's way in" in (await owner.ask(RESET, id=id))["resetTwoFactor"]["message"]
    await switched(owner, True)
    assert (await owner.ask(DISABLE, code=clock.code(secret)))["disableTwoFactor"]["__typename"] == "DisableTwoFactorPayload"


async def test_the_settings_say_so_too(world, as_person):
    owner = await as_person(world, "admin")
    assert (await owner.ask("{ settings { passwordSignIn } }"))["settings"] == {"passwordSignIn": True}
