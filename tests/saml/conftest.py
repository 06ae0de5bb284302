"""The application as `tests/api` has it, with an identity provider connected."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from lxml import etree

from backend.authz.actor import system
from backend.clock import utc_now
from backend.db.session import Database
from backend.identity.mapping import service as mapping
from backend.identity.mapping.service import NewRule
from backend.identity.saml import providers
from backend.identity.saml.protocol.bindings import inflate
from backend.identity.saml.protocol.metadata import OwnAddresses
from backend.identity.saml.providers import Given
from backend.identity.saml.tables import IdentityProvider
from tests.api.conftest import (  # noqa: F401 - fixtures
    ORIGIN,
    Client,
    app,
    application,
    as_person,
    config,
    limiter,
    nobody,
    pages,
    pubsub,
    sealers,
    store,
    vault,
)
from tests.factory import World
from tests.saml.idp import ISSUER, Said, key_named, response

SSO, SLO = "https://idp.example.org/sso?tenant=1", "https://idp.example.org/slo"


@dataclass
class Connected:
    """An account's provider, seen from a browser."""

    world: World
    id: int
    public_id: str
    http: httpx.AsyncClient

    @property
    def own(self) -> OwnAddresses:
        base = f"{ORIGIN}/saml/{self.public_id}"
        return OwnAddresses(f"{base}/metadata", f"{base}/acs", f"{base}/slo")

    async def begin(self, **query: str) -> etree._Element:
        """The request that the browser takes to the provider."""
        answer = await self.http.get(f"/saml/{self.public_id}/login", params=query)
        assert answer.status_code == 303, answer.text
        return message_in(answer.headers["location"], "SAMLRequest")

    def answering(self, request: etree._Element | None, at: datetime | None = None, **changes: Any) -> bytes:
        said = Said(
            audience=self.own.entity_id, recipient=self.own.acs, at=at or utc_now(),
            in_response_to=None if request is None else request.get("ID"), assertion_id=f"_{utc_now().timestamp()}",
        )  # fmt: skip
        return response(said, **changes)

    async def post(self, raw: bytes, **fields: str) -> httpx.Response:
        """As a form of the provider's page: it has none of our headers."""
        form = {"SAMLResponse": base64.b64encode(raw).decode(), **fields}
        return await self.http.post(f"/saml/{self.public_id}/acs", data=form, headers={"origin": "https://idp.example.org", "x-assay": ""})

    async def sign_in(self, **changes: Any) -> httpx.Response:
        return await self.post(self.answering(await self.begin(), **changes))


def message_in(address: str, field: str) -> etree._Element:
    return etree.fromstring(inflate(parse_qs(urlsplit(address).query)[field][0]))


def refused_as(answer: httpx.Response) -> str | None:
    """The code with which the sign-in page is asked for; None where the answer leads elsewhere."""
    parts = urlsplit(answer.headers["location"])
    assert answer.status_code == 303
    return parse_qs(parts.query)["error"][0] if parts.path == "/sign-in" and parts.query else None


async def make_provider(db: Database, world: World, **settings: Any) -> IdentityProvider:
    certificates = [key_named("idp").certificate]
    given = Given({"name": "Example", **settings}, entity_id=ISSUER, sso_url=SSO, slo_url=SLO, certificates=certificates)
    async with db.writing(world.id) as session:
        return await providers.save(session, system(world.id), provider_id=None, given=given)


@pytest.fixture
def connect(db, nobody, sealers):  # noqa: F811
    """Connects a provider to an account: `await connect(world, name=…)`."""

    async def make(world: World, **settings: Any) -> Connected:
        row = await make_provider(db, world, **settings)
        return Connected(world, row.id, row.public_id, nobody.http)

    return make


@pytest.fixture
async def connected(connect, world) -> Connected:
    return await connect(world)


@pytest.fixture
def rule_out(db):
    """Writes rules: `await rule_out(connected, NewRule(…), …)`."""

    async def write(connected: Connected, *new: NewRule) -> None:
        async with db.writing(connected.world.id) as session:
            await mapping.save_rules(session, system(connected.world.id), provider_id=connected.id, new=new)

    return write


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch):
    """Making a key takes a second; the account's is the one that the tests' provider encrypts for."""
    monkeypatch.setattr("backend.identity.saml.keys.new_own_key", lambda name, now: key_named("sp"))
