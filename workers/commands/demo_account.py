"""The demo account out of `samples/`: people, teams, agents, indicators, topics. Made once; found again after."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.accounts import repository, service
from backend.accounts.service import NewAgent
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.db import doors
from backend.db.session import Session
from backend.identity.passwords import check, hash_password
from backend.indicators import service as indicators
from backend.settings import service as settings
from backend.topics import changing as topics
from backend.topics.guiding import Guiding
from workers.commands.accounts import NewUser, add_user, open_account
from workers.deps import Deps

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Login:
    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    id: int
    slug: str
    logins: tuple[Login, ...]


async def demo_account(deps: Deps, described: Document) -> DemoAccount:
    """The account, with everything that belongs to it, whether it was there or not."""
    facts = described["account"]
    logins = kept_logins(deps.config.data / "demo-logins.json", described["users"])
    number = await doors.account_by_slug(deps.db, facts["slug"])
    if number is None:
        number = await open_account(
            deps.db, deps.keys, slug=facts["slug"], name=facts["name"], timezone=facts["timezone"], region=facts["region"], analysis=True,
            seats=facts["seats"],
        )  # fmt: skip
    async with deps.db.writing(number) as session:
        if await repository.user_by_email(session, number, logins[0].email) is None:
            await _furnish(session, described, logins)
        else:
            await _renew_passwords(session, logins)
    return DemoAccount(number, facts["slug"], logins)


def kept_logins(path: Path, users: list[Document]) -> tuple[Login, ...]:
    """Every user's password: kept in a file for this user of the machine alone, so that a second start says the same."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    fresh = {user["email"]: kept.get(user["email"]) or secrets.token_urlsafe(9) for user in users}
    if fresh != kept:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(fresh, file, indent=1)
    return tuple(Login(user["role"], user["email"], fresh[user["email"]]) for user in users)


async def _furnish(session: Session, described: Document, logins: tuple[Login, ...]) -> None:
    thresholds = described["thresholds"]
    actor = system(session.account_id)
    given = {name: thresholds[name] for name in ("silence_ms", "crosstalk_ms")}
    await settings.update(session, actor, given, version=None, engines=())
    for agent in described["agents"]:
        await service.upsert_agent(session, NewAgent(agent["external_id"], agent["email"], agent["name"], agent["team"]))
    for user, login in zip(described["users"], logins, strict=True):
        await _person(session, user, login.password)
    for category in described["categories"]:
        for indicator in category["indicators"]:
            await indicators.create(
                session, actor, category=category["name"], name=indicator["name"], scope=indicator["scope"],
                keywords=[keyword(each) for each in indicator["keywords"]],
            )  # fmt: skip
    for topic in described["topics"]:
        await topics.create(session, actor, name=topic["name"], sentences=[Guiding(text) for text in topic["sentences"]])


async def _person(session: Session, user: Document, password: str) -> None:
    owner = "owner" if user["role"] == "admin" else "member"
    row = await add_user(session, NewUser(user["email"], user["name"], password, user["role"], owner))
    for team in user.get("supervises", ()):
        await service.supervise(session, team_id=(await service.team_named(session, team)).id, user_id=row.id)
    if "agent" in user:
        agent = await repository.agent_by_external_id(session, session.account_id, user["agent"])
        assert agent is not None, "the description names its agents before"
        agent.user_id = row.id


async def _renew_passwords(session: Session, logins: tuple[Login, ...]) -> None:
    """What the file says is what signs in, also where somebody removed the file and others were made."""

    for login in logins:
        user = await repository.user_by_email(session, session.account_id, login.email)
        if user is not None and not await check(user.password_hash, login.password):
            user.password_hash = hash_password(login.password)


def keyword(described: str | Document) -> Keyword:
    if isinstance(described, str):
        return Keyword(described)
    return Keyword(described["text"], bool(described.get("inflections", False)))
