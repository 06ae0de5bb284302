"""
A directory of 10,000 people over SCIM, and 500 of them signing in.

Every user comes through the application as an identity provider would send them, gets a seat and a role by mapping rules, and is written
into history and audit log. Beside that: the same rows as bare INSERTs, and the library's own storage in memory, which keeps none of it.
Statements are counted: what one request costs must not grow with the directory. ASSAY_BENCH_USERS sets another number of people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from scim2_server.applications.asgi import ASGIApplication
from scim2_server.memory import AsyncInMemoryStorage
from sqlalchemy import event, text, update
from sqlmodel import col
from starlette.types import ASGIApp

from backend.accounts.tables import User
from backend.app import create_app
from backend.config import Config
from backend.db.sealed import Sealers
from backend.graphql.context import Caller
from backend.identity import passwords
from backend.identity import service as identity
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.rules import Op, Rule, Target
from backend.identity.rules import Lifetime
from backend.identity.scim.provider import PROVIDER
from backend.identity.sign_in.service import Credentials, Doorkeeper, sign_in
from backend.identity.tokens import service as tokens
from backend.identity.tokens.rules import Kind
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from backend.licensing.tables import Licence
from bench.database import Ground
from bench.measure import Figure, Meter, Mismatch, cost, same

USERS = int(os.environ.get("ASSAY_BENCH_USERS", "10000"))
LOGINS, GROUP, LOOKS, SAMPLE = min(500, USERS), 1_000, 50, min(100, USERS // 3)
PASSWORD = "a long enough pass phrase"
_INSERT = """
WITH made AS (INSERT INTO person (account_id, email, name, account_role, locale, active, source, created_at)
  VALUES (:account, :email, :email, 'member', 'en', true, 'scim', now()) RETURNING id)
INSERT INTO scim_resource (account_id, kind, scim_id, name_key, user_id, active, body, version, created_at, modified_at)
SELECT :account, 'User', :email, :email, id, true, CAST(:body AS jsonb), 1, now(), now() FROM made
"""


class Unlimited:
    """Counts no attempts: the directory is in a hurry."""

    async def take(self, key: str, *, limit: int, window_s: int) -> int | None:
        return None

    async def forget(self, key: str) -> None:
        pass


class Peer:
    """An identity provider that speaks to an ASGI application in this process."""

    def __init__(self, app: ASGIApp, token: str = "", root: str = "") -> None:
        self.app, self.token, self.root = app, token, root

    async def ask(self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None) -> Any:
        """The answer's document. Raises Mismatch where it is an error."""
        headers = [(b"host", b"bench"), (b"content-type", b"application/scim+json"), (b"authorization", f"Bearer {self.token}".encode())]
        scope = {
            "type": "http", "method": method, "scheme": "http", "path": f"{self.root}{path}", "raw_path": path.encode(), "headers": headers,
            "query_string": urlencode(query or {}).encode(), "root_path": "", "client": ("127.0.0.1", 1), "server": ("bench", 80),
            "http_version": "1.1",
        }  # fmt: skip
        sent: list[Any] = []
        await self.app(scope, _receiver(body), _collector(sent))
        if sent[0]["status"] >= 300:
            raise Mismatch(f"{method} {path}: {sent[0]['status']} {sent[1]['body'][:300]!r}")
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return json.loads(content) if content else None


def _receiver(body: Any) -> Any:
    async def receive() -> Any:
        return {"type": "http.request", "body": b"" if body is None else json.dumps(body).encode(), "more_body": False}

    return receive


def _collector(sent: list[Any]) -> Any:
    async def send(message: Any) -> None:
        sent.append(message)

    return send


async def figures(ground: Ground) -> list[Figure]:
    ours, theirs = await _connected(ground), Peer(ASGIApplication(AsyncInMemoryStorage(), PROVIDER), root="/v2")
    with _counted(ground) as sent:
        found = await _provisioned(ground, ours, theirs, sent)
        found += await _looked_up(ground, ours, theirs, sent)
        found += await _grouped(ground, ours, sent)
        found += await _signed_in(ground, sent)
    return found


async def _connected(ground: Ground) -> Peer:
    account = ground.world.id
    rules = [
        Rule(1, 1, Target.LICENCE, "userType", Op.EXACT, "agent", ("qm",)),
        Rule(2, 1, Target.ROLE, "title", Op.CONTAINS, "agent", ("agent",)),
    ]
    async with ground.database.writing(account) as session:
        await session.execute(update(Licence).where(col(Licence.account_id) == account).values(seats=USERS + 100))
        await mapping.replace_rules(session, None, rules)
        admin = await identity.actor_of(session, account, ground.world.users["admin"])
        assert admin is not None
        _, token = await tokens.create(session, admin, Sealers(ground.keys), tokens.NewToken("bench", [], 1, Kind.SCIM))
    config = Config(data=Path("data"))
    app = create_app(config, ground.database, FakeQueue(), FakePubSub(), FakeStore(), ground.keys, limiter=Unlimited(), frontend=Path())
    return Peer(app, token, "/scim/v2")


@contextmanager
def _counted(ground: Ground) -> Iterator[list[str]]:
    """The statements that are sent to the database while the block runs."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(ground.database.app.sync_engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(ground.database.app.sync_engine, "before_cursor_execute", note)


def _user(number: int) -> dict[str, Any]:
    email = f"person{number}@example.com"
    return {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": email,
        "externalId": f"{number:08}",
        "name": {"givenName": "Per", "familyName": f"Son {number}"},
        "displayName": f"Per Son {number}",
        "emails": [{"value": email, "type": "work", "primary": True}],
        "userType": "agent",
        "title": "Senior agent",
        "active": True,
    }


async def _provisioned(ground: Ground, ours: Peer, theirs: Peer, sent: list[str]) -> list[Figure]:
    meter, spent, statements = ground.meter, [], []
    for number in range(USERS):
        sent.clear()
        start = meter()
        await ours.ask("POST", "/Users", _user(number))
        spent.append(meter() - start)
        statements.append(len(sent))
    memory = await _each(meter, [theirs.ask("POST", "/Users", _user(number)) for number in range(USERS)])
    bare = await _each(meter, [_insert(ground, number) for number in range(SAMPLE)])
    first, last = slice(SAMPLE, 2 * SAMPLE), slice(-SAMPLE, None)
    each, what = sum(spent) / USERS, f"a user of {USERS:,} over SCIM, with seat, role, history"
    return [
        cost(what, "a transaction of two INSERTs", (each, bare / SAMPLE)),
        cost(what, "the library's storage in memory", (each, memory / USERS)),
        cost(f"the last of {USERS:,} users", "the first", (sum(spent[last]) / SAMPLE, sum(spent[first]) / SAMPLE)),
        _flat("statements for the last user", "for the first", statements[-1], statements[1]),
    ]


async def _each(meter: Meter, work: list[Any]) -> float:
    start = meter()
    for one in work:
        await one
    return meter() - start


async def _insert(ground: Ground, number: int) -> None:
    user = _user(number)
    values = {"account": ground.world.id, "email": f"bare.{user['userName']}", "body": json.dumps(user)}
    async with ground.database.writing(ground.world.id) as session:
        await session.execute(text(_INSERT), values)


def _flat(what: str, baseline: str, value: int, other: int) -> Figure:
    """Counts, where less is better and the same is as good."""
    same(what, value, other)
    return Figure(what, value, "statements", baseline, other)


async def _looked_up(ground: Ground, ours: Peer, theirs: Peer, sent: list[str]) -> list[Figure]:
    numbers = range(0, USERS, max(1, USERS // LOOKS))
    found = []
    for what, query in (
        ("a user found by userName", lambda number: {"filter": f'userName eq "PERSON{number}@example.com"'}),
        ("a user found by address", lambda number: {"filter": f'emails[type eq "work" and value eq "person{number}@example.com"]'}),
        ("a page of 100 users, by name", lambda number: {"sortBy": "name.familyName", "startIndex": number + 1, "count": 100}),
    ):
        asked = [query(number) for number in (numbers if "found" in what else list(numbers)[:3])]
        sides = [await _each(ground.meter, [peer.ask("GET", "/Users", None, each) for each in asked]) for peer in (ours, theirs)]
        found.append(cost(f"{what}, of {USERS:,}", "the library's storage in memory", (sides[0] / len(asked), sides[1] / len(asked))))
    counts = []
    for count in (2, min(100, USERS - 1)):
        sent.clear()
        await ours.ask("GET", "/Users", None, {"count": count})
        counts.append(len(sent))
    return [*found, _flat("statements for a page of 100", "for a page of 2", counts[1], counts[0])]


async def _grouped(ground: Ground, ours: Peer, sent: list[str]) -> list[Figure]:
    page = await ours.ask("GET", "/Users", None, {"count": GROUP, "attributes": "userName"})
    ids = [user["id"] for user in page["Resources"]]
    schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"]
    small, large = [
        (await ours.ask("POST", "/Groups", {"schemas": schemas, "displayName": "Some", "members": [{"value": id} for id in some]}))["id"]
        for some in (ids[:2], ids[:-1])
    ]
    spent, counts = {}, {}
    # The first round warms what is compiled once.
    for op in ("Add", "Remove", "Add"):
        for group in (large, small):
            patch = {"schemas": [], "Operations": [{"op": op, "path": "members", "value": [{"value": ids[-1]}]}]}
            sent.clear()
            spent[group] = await _each(ground.meter, [ours.ask("PATCH", f"/Groups/{group}", patch)])
            counts[group] = len(sent)
    return [
        cost(f"one more member in a group of {len(ids) - 1:,}", "in a group of 2", (spent[large], spent[small])),
        _flat(f"statements for one more member of {len(ids) - 1:,}", "of 2", counts[large], counts[small]),
    ]


async def _signed_in(ground: Ground, sent: list[str]) -> list[Figure]:
    account, hashed = ground.world.id, await passwords.hashed(PASSWORD)
    async with ground.database.writing(account) as session:
        await session.execute(update(User).where(col(User.account_id) == account).values(password_hash=hashed))
    keeper = Doorkeeper(ground.database, Sealers(ground.keys), Unlimited(), Lifetime(timedelta(hours=12), timedelta(days=30)))
    statements: list[int] = []

    async def enter(number: int) -> None:
        sent.clear()
        await sign_in(keeper, Credentials(ground.world.slug, f"person{number}@example.com", PASSWORD), Caller())
        statements.append(len(sent))

    numbers = [number * USERS // LOGINS for number in range(LOGINS)]
    spent = await _each(ground.meter, [enter(number) for number in numbers])
    alone = await _each(ground.meter, [passwords.check(hashed, PASSWORD) for _ in numbers[:SAMPLE]])
    return [
        cost(f"a sign-in of {LOGINS}, among {USERS:,} people", "the check of the password alone", (spent / LOGINS, alone / SAMPLE)),
        _flat("statements for the last sign-in", "for the first", statements[-1], statements[0]),
    ]
