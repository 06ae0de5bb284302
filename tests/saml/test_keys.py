"""The account's own key changes without anybody being locked out: both stand in metadata and open, one signs, and the old one ends."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from lxml import etree

from backend.authz.actor import Actor, system
from backend.clock import utc_now
from backend.errors import Conflict, NotPermitted
from backend.identity.saml import keys
from backend.identity.saml.keys import Rollover
from backend.identity.saml.protocol.bindings import signed_redirect
from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.signatures import Trust
from tests.saml import idp
from tests.saml.conftest import refused_as
from tests.saml.idp import key_named
from tests.saml.peer import MD

ROTATE = """mutation ($input: RotateSamlKeyInput!) { rotateSamlKey(input: $input) { __typename ... on Conflict { message }
  ... on InvalidInput { pointer } ... on RotateSamlKeyPayload { keys { fingerprint signs endsAt } } } }"""
SHOWN = "{ samlKeys { fingerprint signs endsAt } }"
OLD, NEW = "sp", "another"


@pytest.fixture
async def connected(connected):
    """With a key of the account's own, which is made with the first sign-in."""
    await connected.begin()
    return connected


@pytest.fixture
def rotate(db, world, sealers):
    async def run(**how):
        async with db.writing(world.id) as session:
            return await keys.rotate(session, system(world.id), sealers, key_named(NEW), Rollover(**how))

    return run


@pytest.fixture
def later(monkeypatch):
    """Moves the clock by which keys begin and end."""

    def move(**delta) -> None:
        then = utc_now() + timedelta(**delta)
        monkeypatch.setattr(keys, "utc_now", lambda: then)

    return move


async def listed(connected) -> dict[str, set[str]]:
    root = etree.fromstring((await connected.http.get(f"/saml/{connected.public_id}/metadata")).content)
    return {
        use: {
            read_certificate(found.text).fingerprint
            for found in root.iterfind(f".//md:KeyDescriptor[@use='{use}']//ds:X509Certificate", MD)
        }
        for use in ("signing", "encryption")
    }


def fingerprints(*names: str) -> set[str]:
    return {read_certificate(key_named(name).certificate).fingerprint for name in names}


async def signer(connected) -> str:
    """By whose key the request that a browser takes to the provider is signed."""
    answer = await connected.http.get(f"/saml/{connected.public_id}/login")
    query = urlsplit(answer.headers["location"]).query.replace("tenant=1&", "")
    for name in (OLD, NEW):
        try:
            signed_redirect(query, "SAMLRequest", Trust([read_certificate(key_named(name).certificate)], False))
        except Refused:
            continue
        return name
    raise AssertionError("nobody signed it")


async def opens(connected, monkeypatch, name: str) -> bool:
    """Whether an assertion that was encrypted for this key lets its person in."""
    with monkeypatch.context() as patched:
        patched.setattr(idp, "key_named", lambda asked: key_named(name if asked == "sp" else asked))
        answer = await connected.sign_in(encrypt="aes256-gcm")
    assert refused_as(answer) in (None, "encryption")
    return refused_as(answer) is None


async def test_both_keys_hold_until_the_old_one_ends(connected, rotate, later, monkeypatch):
    assert await listed(connected) == dict.fromkeys(("signing", "encryption"), fingerprints(OLD))
    await rotate(keep_days=30)
    assert await listed(connected) == dict.fromkeys(("signing", "encryption"), fingerprints(OLD, NEW))
    assert await signer(connected) == NEW
    assert [await opens(connected, monkeypatch, name) for name in (OLD, NEW)] == [True, True]
    later(days=29)
    assert await opens(connected, monkeypatch, OLD)
    later(days=31)
    assert await listed(connected) == dict.fromkeys(("signing", "encryption"), fingerprints(NEW))
    assert [await opens(connected, monkeypatch, name) for name in (OLD, NEW)] == [False, True]


async def test_the_new_key_can_wait_until_providers_know_it(connected, rotate, later):
    await rotate(keep_days=30, sign_after_days=7)
    assert await signer(connected) == OLD
    assert (await listed(connected))["signing"] == fingerprints(OLD, NEW)
    later(days=8)
    assert await signer(connected) == NEW


async def test_a_second_change_waits_and_a_stolen_key_ends_at_once(connected, rotate, db, world, sealers, monkeypatch):
    await rotate(keep_days=30)
    with pytest.raises(Conflict, match="under way until"):
        await rotate(keep_days=1)
    async with db.writing(world.id) as session:
        await keys.rotate(session, system(world.id), sealers, key_named("idp"), Rollover(keep_days=0))
    assert (await listed(connected))["encryption"] == fingerprints("idp")
    assert [await opens(connected, monkeypatch, name) for name in (OLD, NEW)] == [False, False]


async def test_over_the_api(connected, as_person, world, monkeypatch):
    admin = await as_person(world, "admin")
    monkeypatch.setattr(keys, "new_own_key", lambda name, now: key_named(NEW))
    ((old,), given) = ((await admin.ask(SHOWN))["samlKeys"], {"keepDays": 14})
    assert (old["signs"], old["endsAt"]) == (True, None)
    for wrong, pointer in (({"keepDays": 400}, "/input/keepDays"), ({"keepDays": 3, "signAfterDays": 4}, "/input/signAfterDays")):
        assert (await admin.ask(ROTATE, input=wrong))["rotateSamlKey"]["pointer"] == pointer
    made = (await admin.ask(ROTATE, input=given))["rotateSamlKey"]["keys"]
    assert [(key["signs"], key["endsAt"] is None) for key in made] == [(True, True), (False, False)]
    assert (await admin.ask(SHOWN))["samlKeys"] == made
    assert "wait for it" in (await admin.ask(ROTATE, input=given))["rotateSamlKey"]["message"]


async def test_there_must_be_a_key_and_a_permission(db, world, sealers, rotate):
    with pytest.raises(Conflict, match="no key to change"):
        await rotate()
    async with db.writing(world.id) as session:
        with pytest.raises(NotPermitted):
            await keys.rotate(session, Actor(world.id, world.users["supervisor"]), sealers, key_named(NEW), Rollover())
