"""Signing in and out over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.clock import utc_now
from backend.identity import passwords
from backend.identity.rules import token_hash
from backend.identity.sign_in import service as signing
from backend.identity.tables import Session
from tests.api.seed import open_session

SIGN_IN = """
mutation ($input: SignInInput!) { signIn(input: $input) { __typename
  ... on SignInPayload { viewer { name email roles hasSeat permissions account { slug analysisEnabled thresholds { silenceMs } } } }
  ... on SignInRefused { code message retryAfterS } } }
"""
WHO = "{ viewer { name } }"


@pytest.fixture
async def secret(db, world) -> str:
    async with db.writing(world.id) as session:
        hashed = passwords.hash_password("correct horse")
        await session.execute(update(User).where(col(User.account_id) == world.id).values(password_hash=hashed))
    return "correct horse"


def given(world, **changed):
    return {"account": world.slug, "email": "Supervisor@Example.com ", "password": "correct horse", **changed}


async def sessions(db, world) -> list[Session]:
    async with db.reading(world.id) as session:
        return list((await session.execute(select(Session))).scalars())


async def actions(db, world) -> list[str]:
    async with db.reading(world.id) as session:
        return list((await session.execute(select(col(AuditEntry.action)).order_by(col(AuditEntry.id)))).scalars())


async def test_the_right_password_opens_a_session(db, world, secret, nobody):
    answer = await nobody.http.post("/graphql", json={"query": SIGN_IN, "variables": {"input": given(world)}})
    viewer = answer.json()["data"]["signIn"]["viewer"]
    assert viewer["email"] == "supervisor@example.com"
    assert viewer["roles"] == ["Supervisor"]
    assert "interaction.retry:team" in viewer["permissions"]
    assert viewer["account"] == {"slug": world.slug, "analysisEnabled": True, "thresholds": {"silenceMs": 5_000}}
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    token = nobody.http.cookies["assay"]
    (row,) = await sessions(db, world)
    assert row.token_hash == token_hash(token)
    assert token.encode() not in row.token_hash
    assert (await nobody.ask(WHO))["viewer"]["name"] == "Supervisor"
    assert await actions(db, world) == ["session.open"]


@pytest.mark.parametrize(
    "wrong", [{"password": "wrong"}, {"email": "nobody@example.com"}, {"account": "no-such"}, {"password": "x" * 5_000}]
)
async def test_whatever_is_wrong_the_answer_is_the_same(db, world, secret, nobody, wrong):
    checked: list[str | None] = []
    real = passwords.check

    async def spy(stored: str | None, password: str) -> bool:
        checked.append(stored)
        return await real(stored, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "check", spy)
        found = (await nobody.ask(SIGN_IN, input=given(world, **wrong)))["signIn"]
    assert found == {
        "__typename": "SignInRefused",
        "code": "sign_in_refused",
        "message": "No account, email and password go together like this. Check all three; the account is its short name.",
        "retryAfterS": None,
    }
    assert len(checked) == 1, "the same work is done"
    assert not nobody.http.cookies
    assert await sessions(db, world) == []


async def test_too_many_attempts_have_to_wait(world, secret, nobody):
    for _ in range(signing.ATTEMPTS_A_PERSON):
        assert (await nobody.ask(SIGN_IN, input=given(world, password="wrong")))["signIn"]["retryAfterS"] is None
    refused = (await nobody.ask(SIGN_IN, input=given(world)))["signIn"]
    assert refused["retryAfterS"] == signing.WINDOW_S
    other = (await nobody.ask(SIGN_IN, input=given(world, email="admin@example.com")))["signIn"]
    assert other["__typename"] == "SignInPayload"


async def test_an_address_that_tries_many_people_has_to_wait(world, secret, nobody, limiter, monkeypatch):
    monkeypatch.setattr(signing, "ATTEMPTS_AN_ADDRESS", 3)
    for number in range(3):
        tried = given(world, email=f"person-{number}@example.com")
        assert (await nobody.ask(SIGN_IN, input=tried))["signIn"]["retryAfterS"] is None
    assert (await nobody.ask(SIGN_IN, input=given(world)))["signIn"]["retryAfterS"] == signing.WINDOW_S
    assert not any("example.com" in key or "127.0.0.1" in key for key in limiter.counts)


async def test_signing_in_again_ends_the_session_before(db, world, secret, nobody):
    await nobody.ask(SIGN_IN, input=given(world))
    first = nobody.http.cookies["assay"]
    await nobody.ask(SIGN_IN, input=given(world))
    assert nobody.http.cookies["assay"] != first
    assert len(await sessions(db, world)) == 1


async def test_signing_out_ends_it_at_once(db, world, secret, nobody, pubsub):
    await nobody.ask(SIGN_IN, input=given(world))
    token = nobody.http.cookies["assay"]
    assert (await nobody.ask("mutation { signOut { ok } }"))["signOut"]["ok"]
    assert "assay" not in nobody.http.cookies
    nobody.http.cookies.set("assay", token, domain="assay.test")
    assert (await nobody.ask(WHO))["viewer"] is None
    assert await sessions(db, world) == []
    assert await actions(db, world) == ["session.open", "session.close"]


async def test_an_unused_session_ends_and_a_used_one_goes_on(db, world, nobody, config):
    now = utc_now()
    stale = await open_session(db, world, "admin", now=now - timedelta(days=2), expires_in=timedelta(days=1))
    nobody.http.cookies.set("assay", stale, domain="assay.test")
    assert (await nobody.ask(WHO))["viewer"] is None
    nobody.http.cookies.clear()
    used = await open_session(db, world, "admin", now=now - timedelta(hours=1), expires_in=timedelta(hours=2))
    nobody.http.cookies.set("assay", used, domain="assay.test")
    assert (await nobody.ask(WHO))["viewer"] is not None
    row = next(row for row in await sessions(db, world) if row.token_hash == token_hash(used))
    assert row.expires_at > now + timedelta(hours=config.session_idle_h - 1)


async def test_no_use_keeps_a_session_beyond_its_longest(db, world, nobody, config):
    now = utc_now()
    old = now - timedelta(days=config.session_max_d) + timedelta(hours=1)
    token = await open_session(db, world, "admin", now=old, expires_in=now - old + timedelta(minutes=30))
    nobody.http.cookies.set("assay", token, domain="assay.test")
    assert (await nobody.ask(WHO))["viewer"] is not None
    (row,) = await sessions(db, world)
    assert row.expires_at == old + timedelta(days=config.session_max_d)


async def test_a_person_switched_off_is_signed_out(db, world, as_person):
    client = await as_person(world, "evaluator")
    async with db.writing(world.id) as session:
        await session.execute(
            update(User).where(col(User.account_id) == world.id, col(User.id) == world.users["evaluator"]).values(active=False)
        )
    assert (await client.ask(WHO))["viewer"] is None
