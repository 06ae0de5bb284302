"""
500 people signing in through an identity provider for the first time: each is made, gets seat, role and team by rules, and a session.

Beside that: checking the same signatures and nothing else. Statements are counted: the last sign-in sends as many as the second.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import event, update
from sqlmodel import col

from backend.app import create_app
from backend.authz.actor import system
from backend.clock import utc_now
from backend.config import Config
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.rules import Op, Rule, Target
from backend.identity.saml import providers
from backend.identity.saml.protocol.checks import Checks
from backend.identity.saml.protocol.response import authenticate
from backend.identity.saml.protocol.signatures import Trust
from backend.identity.saml.providers import Given
from backend.identity.saml.tables import IdentityProvider
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from backend.licensing.tables import Licence
from bench.database import Ground
from bench.measure import Figure, compare_async, cost, same
from tests.saml.idp import ISSUER, Said, certificate_named, key_named, response

LOGINS = 500
_ORIGIN = "http://bench.test"
_RULES = [
    Rule(0, 1, Target.LICENCE, "groups", Op.CONTAINS, "qm-", ("qm",)),
    Rule(0, 1, Target.ROLE, "groups", Op.EXACT, "qm-agents", ("agent",)),
    Rule(0, 1, Target.TEAM, "groups", Op.EXACT, "Berlin", ("Berlin",)),
]


async def figures(ground: Ground) -> list[Figure]:
    provider = await _connected(ground)
    base = f"{_ORIGIN}/saml/{provider.public_id}"
    said = Said(audience=f"{base}/metadata", recipient=f"{base}/acs", at=utc_now(), in_response_to=None)
    raws = [
        response(said, name_id=f"person{number}@bench.example", assertion_id=f"_{number}", attributes={"groups": ["QM-Agents", "Berlin"]})
        for number in range(LOGINS)
    ]  # fmt: skip
    config = Config(data=Path("data"), public_url=_ORIGIN)
    parts = (FakeQueue(), FakePubSub(), FakeStore(), ground.keys)
    app = create_app(config, ground.database, *parts, limiter=FakeLimiter(), frontend=Path())
    trust = Trust([certificate_named("idp")])
    statements: list[int] = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=_ORIGIN) as http:
        with _counted(ground) as sent:

            async def sign_in() -> None:
                for raw in raws:
                    sent.clear()
                    answer = await http.post(f"{base}/acs", data={"SAMLResponse": base64.b64encode(raw).decode()})
                    assert answer.headers["location"] == "/", answer.headers["location"]
                    http.cookies.clear()
                    statements.append(len(sent))

            async def check() -> None:
                for raw in raws:
                    authenticate(raw, trust, None, Checks())

            whole, alone = await compare_async(sign_in, check, meter=ground.meter, repeat=1)
    same("statements for a sign-in", statements[-1], statements[1])
    return [
        cost(f"a first sign-in by SAML, of {LOGINS}", "the check of its signature alone", (whole / LOGINS, alone / LOGINS)),
        Figure("statements for the last sign-in", statements[-1], "statements", "for the second", statements[1]),
    ]


async def _connected(ground: Ground) -> IdentityProvider:
    account = ground.world.id
    certificates = [key_named("idp").certificate]
    settings: dict[str, Any] = {"name": "Bench", "allow_idp_initiated": True}
    given = Given(settings, entity_id=ISSUER, sso_url="https://idp.example.org/sso", certificates=certificates)
    async with ground.database.writing(account) as session:
        await session.execute(update(Licence).where(col(Licence.account_id) == account).values(seats=LOGINS + 10_100))
        row = await providers.save(session, system(account), provider_id=None, given=given)
        await mapping.replace_rules(session, row.id, _RULES)
    return row


@contextmanager
def _counted(ground: Ground) -> Iterator[list[str]]:
    """The statements that are sent to the database while the block runs."""
    sent: list[str] = []

    def note(*given: Any) -> None:
        sent.append(given[2])

    engine = ground.database.app.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
