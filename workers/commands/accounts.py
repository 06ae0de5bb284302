"""Accounts and their people, made from the command line by whoever runs the machine."""

from __future__ import annotations

from dataclasses import dataclass

from backend.accounts import repository, service
from backend.accounts.tables import User
from backend.authz.actor import system
from backend.clock import utc_now
from backend.db import doors
from backend.db.session import Database, Session
from backend.errors import InvalidInput
from backend.identity.passwords import hash_password
from backend.identity.people import service as people
from backend.identity.people.service import NewPerson
from backend.infra.keys.base import KeyProvider
from backend.licensing import licences
from backend.licensing.rules import DEFAULT_KEY
from backend.roles import service as roles
from backend.settings import service as settings
from backend.settings.tables import AccountSettings
from backend.topics import service as topics

SEATS = 10
"""What a new account has where nothing else is said: one supervisor and nine agents."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """`role` is a QM role's key; None is a person without a seat."""

    email: str
    name: str
    password: str
    role: str | None
    account_role: str = "member"


async def open_account(
    db: Database, keys: KeyProvider, *, slug: str, name: str, timezone: str = "UTC", region: str = "eu", analysis: bool = False,
    seats: int = SEATS,
) -> int:  # fmt: skip
    """A new account with its keys, its seats, its settings (analysis off unless said) and the default topics. Returns its id."""
    service.checked_slug(slug)
    if await doors.account_by_slug(db, slug) is not None:
        raise InvalidInput("There is an account of this name.", pointer="/input/slug", value=slug)
    number = await repository.next_account_id(db)
    async with db.writing(number) as session:
        await service.create_account(session, keys, slug=slug, name=name, timezone=timezone, region=region)
        session.add(AccountSettings(account_id=number, analysis_enabled=analysis, updated_at=utc_now()))
        await session.flush()
        await licences.set_seats(session, system(number), key=DEFAULT_KEY, seats=seats)
        await topics.create_defaults(session)
    return number


async def add_user(session: Session, new: NewUser) -> User:
    """A person with a password, and with a role and a seat where they have one."""
    actor = system(session.account_id)
    person = NewPerson(new.email, new.name, account_role=new.account_role, password_hash=hash_password(new.password))
    user = await people.create(session, actor, person)
    if new.role is not None:
        await roles.set_roles(session, actor, user_id=user.id, roles=[new.role])
        await people.give_seat(session, actor, user_id=user.id)
    return user


async def switch_analysis(db: Database, slug: str, *, on: bool) -> None:
    """On the word of whoever runs the machine, who could change the row anyway."""
    number = await account_named(db, slug)
    async with db.writing(number) as session:
        await settings.switch_analysis(session, system(number), on=on)


async def account_named(db: Database, slug: str) -> int:
    number = await doors.account_by_slug(db, slug)
    if number is None:
        known = [found for _, found in await slugs(db)]
        raise InvalidInput(f"There is no account {slug}; there are: {', '.join(known) or 'none'}.", pointer="/account", value=slug)
    return number


async def slugs(db: Database) -> list[tuple[int, str]]:
    """All accounts' ids and names, oldest first."""
    found = []
    for number in await doors.accounts(db):
        async with db.reading(number) as session:
            found.append((number, (await repository.account(session, number)).slug))
    return found
