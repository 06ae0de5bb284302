"""Over https the browser that began a sign-in is the one that ends it; and of two answers at once one is taken."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from backend.config import Config
from tests.saml.conftest import Connected, make_provider, refused_as
from tests.saml.idp import NS

ORIGIN = "https://assay.test"


@pytest.fixture
def config(tmp_path) -> Config:
    return Config(data=tmp_path / "data", public_url=ORIGIN, max_upload_mb=1)


@pytest.fixture
async def browsers(app):
    """Two browsers of strangers."""
    clients = [httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) for _ in range(2)]
    yield clients
    for client in clients:
        await client.aclose()


def seen_from(connected: Connected, http: httpx.AsyncClient) -> Connected:
    return Connected(connected.world, connected.id, connected.public_id, http)


def answer_to(connected: Connected, request) -> bytes:
    base = f"{ORIGIN}/saml/{connected.public_id}"
    return connected.answering(request, audience=f"{base}/metadata", recipient=f"{base}/acs")


async def test_the_answer_belongs_to_the_browser_that_asked(connected, browsers):
    first, second = (seen_from(connected, http) for http in browsers)
    request = await first.begin()
    cookie = next(value for name, value in first.http.cookies.items() if name == "__Host-assay-saml")
    assert len(cookie) >= 32
    raw = answer_to(connected, request)
    assert refused_as(await second.post(raw)) == "other_browser"
    await second.begin()
    assert refused_as(await second.post(raw)) == "other_browser", "a cookie of its own is another"
    answer = await first.post(raw)
    assert refused_as(answer) is None
    assert "__Host-assay=" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]


async def test_the_cookie_that_comes_back_with_other_sites_forms_says_so(connected, browsers):
    answer = await browsers[0].get(f"/saml/{connected.public_id}/login")
    sent = answer.headers["set-cookie"]
    for part in ("__Host-assay-saml=", "HttpOnly", "Secure", "SameSite=none", "Path=/"):
        assert part in sent
    again = await seen_from(connected, browsers[0]).begin()
    assert again.tag == f"{{{NS['samlp']}}}AuthnRequest"
    assert len([name for name in browsers[0].cookies if name == "__Host-assay-saml"]) == 1, "two tabs share it"


@pytest.mark.parametrize("unsolicited", [False, True])
async def test_of_the_same_answer_twice_at_once_one_is_taken(fresh_db, new_account, application, unsolicited):
    world = await new_account(fresh_db)
    row = await make_provider(fresh_db, world, allow_idp_initiated=unsolicited)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(fresh_db)), base_url=ORIGIN) as http:
        connected = Connected(world, row.id, row.public_id, http)
        raw = answer_to(connected, None if unsolicited else await connected.begin())
        answers = await asyncio.gather(*(connected.post(raw) for _ in range(4)))
    codes = sorted(str(refused_as(answer)) for answer in answers)
    assert codes == sorted(["None", *["replayed" if unsolicited else "in_response_to"] * 3])
