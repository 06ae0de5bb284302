"""Signing in and out through a real SimpleSAMLphp, as a browser goes from page to page."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from backend.app import create_app
from backend.authz.actions import AccountAction
from backend.authz.actor import system
from backend.config import Config
from backend.identity.mapping import service as mapping
from backend.identity.mapping.rules import Op, Target
from backend.identity.mapping.service import NewRule
from backend.identity.saml import providers
from backend.identity.saml.providers import Given
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from tests.api.live import free_port, serving
from tests.saml.peer import MISSING, running

pytestmark = pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
RULES = [
    NewRule(Target.LICENCE, "groups", Op.CONTAINS, "qm-", ("qm",)),
    NewRule(Target.ROLE, "groups", Op.EXACT, "qm-evaluators", ("evaluator",)),
    NewRule(Target.TEAM, "groups", Op.EXACT, "Berlin", ("Berlin",)),
]
VIEWER = "{ viewer { name email hasSeat roles agent { team { name } } } }"


@pytest.fixture(scope="module")
def peer(tmp_path_factory):
    with running(tmp_path_factory.mktemp("peer")) as found:
        yield found


class Browser:
    """Follows redirects and sends the forms that pages send by themselves."""

    def __init__(self, origin: str, http: httpx.AsyncClient) -> None:
        self.origin, self.http = origin, http

    async def ask(self, query: str):
        headers = {"x-assay": "1", "origin": self.origin}
        return (await self.http.post(f"{self.origin}/graphql", json={"query": query}, headers=headers)).json()["data"]

    async def open(self, address: str) -> httpx.Response:
        return await self._on(await self.http.get(address))

    async def submit(self, page: httpx.Response, **typed: str) -> httpx.Response:
        """The page's form, with what somebody typed. Its fields of the same name are replaced."""
        action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
        fields = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)}
        target = urljoin(str(page.url), unescape(action.group(1))) if action else str(page.url)
        return await self._on(await self.http.post(target, data={**fields, **typed}))

    async def _on(self, page: httpx.Response) -> httpx.Response:
        return await self.submit(page) if 'name="SAMLResponse"' in page.text else page


@pytest.fixture
async def site(fresh_db, new_account, keys, tmp_path, pages):
    """The application on a port, with SimpleSAMLphp connected to an account."""
    port = free_port()
    config = Config(data=tmp_path / "data", public_url=f"http://127.0.0.1:{port}")
    pubsub = FakePubSub()
    app = create_app(config, fresh_db, FakeQueue(), pubsub, FakeStore(), keys, limiter=FakeLimiter(), frontend=pages)
    async with serving(app, fresh_db, pubsub, port) as server, httpx.AsyncClient(follow_redirects=True, timeout=30) as http:
        yield server, await new_account(fresh_db), Browser(server.origin, http)


async def connect(site, peer, **settings) -> tuple[Browser, str]:
    server, world, browser = site
    actor = system(world.id)
    assert actor.may(AccountAction.IDENTITY_EDIT)
    async with server.db.writing(world.id) as session:
        row = await providers.save(session, actor, provider_id=None, given=Given({"name": "SSP"}, metadata=peer.metadata))
        await mapping.save_rules(session, actor, provider_id=row.id, new=RULES)
    base = f"{server.origin}/saml/{row.public_id}"
    peer.introduce((await browser.http.get(f"{base}/metadata")).content, **settings)
    return browser, base


@pytest.mark.parametrize("settings", [{}, {"assertion.encryption": True}], ids=["plain", "encrypted"])
async def test_a_person_signs_in_and_out_again(site, peer, settings):
    browser, base = await connect(site, peer, **settings)
    form = await browser.open(f"{base}/login?return_to=/interactions")
    assert form.url.path.endswith("loginuserpass.php")
    refused = await browser.submit(form, username="ann", password="wrong")
    assert refused.url.path.endswith("loginuserpass.php")
    landed = await browser.submit(form, username="ann", password="annpass")
    assert str(landed.url) == f"{browser.origin}/interactions"
    viewer = (await browser.ask(VIEWER))["viewer"]
    assert viewer == {
        "name": "Ann Example", "email": "ann@example.org", "hasSeat": True, "roles": ["Evaluator"], "agent": {"team": {"name": "Berlin"}},
    }  # fmt: skip
    done = (await browser.ask("mutation { signOut { redirect } }"))["signOut"]
    assert done["redirect"].startswith(f"{peer.url}/saml2/idp/SingleLogoutService.php?SAMLRequest=")
    assert urlsplit(str((await browser.open(done["redirect"])).url)).path == "/sign-in"
    assert (await browser.ask(VIEWER))["viewer"] is None
    again = await browser.open(f"{base}/login")
    assert again.url.path.endswith("loginuserpass.php"), "the provider's own session is over too"


async def test_the_provider_signs_a_person_out(site, peer):
    browser, base = await connect(site, peer)
    await browser.submit(await browser.open(f"{base}/login"), username="ann", password="annpass")
    assert (await browser.ask(VIEWER))["viewer"]["name"] == "Ann Example"
    await browser.open(f"{peer.url}/saml2/idp/initSLO.php?RelayState={peer.url}/index.php")
    assert (await browser.ask(VIEWER))["viewer"] is None


async def test_it_refuses_requests_that_somebody_else_signed(site, peer):
    """It checks our signatures: what it takes is well made."""
    browser, base = await connect(site, peer)
    answer = await browser.http.get(f"{base}/login", follow_redirects=False)
    address = answer.headers["location"]
    assert (await browser.open(address)).url.path.endswith("loginuserpass.php")
    spoilt = re.sub(r"Signature=....", "Signature=AAAA", address)
    assert "loginuserpass" not in str((await browser.open(spoilt)).url)
