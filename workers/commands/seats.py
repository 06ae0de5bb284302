"""What was bought for an account, and its people's seats, on the word of whoever runs the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.accounts import repository as accounts
from backend.accounts.tables import User
from backend.authz.actor import system
from backend.db.session import ReadSession, Session
from backend.errors import InvalidInput
from backend.graphql.connection import LARGEST_PAGE, Window
from backend.identity.mapping import naming  # noqa: F401 - a licence that rules give is not removed here either
from backend.identity.people import repository, service
from backend.identity.people.repository import PeopleFilter
from backend.identity.people.service import NewPerson
from backend.licensing import licences
from backend.licensing import service as licensing
from backend.licensing.rules import DEFAULT_NAME, Kind, Room
from backend.roles import repository as role_rows
from backend.roles import service as roles


@dataclass(frozen=True, slots=True)
class Bought:
    """`name` None: the only licence, else the default one. `seats` None: nothing is changed."""

    name: str | None = None
    seats: int | None = None
    bundled_with: str | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Without roles, a seat makes the person an agent."""

    email: str
    name: str
    roles: tuple[str, ...] = ()
    account_role: str = "member"
    seat: bool = True


async def set_licence(session: Session, bought: Bought) -> None:
    """Raises what `backend.licensing.licences` raises, and InvalidInput where there is no such licence to remove."""
    actor, rooms = system(session.account_id), await licensing.rooms_of(session, session.account_id)
    room = _meant(rooms, bought.name)
    if bought.remove:
        if room is None:
            raise InvalidInput("There is no such licence.", pointer="--name", value=bought.name)
        await licences.remove_licence(session, actor, licence_id=room.id)
    elif bought.seats is not None:
        product = bought.bundled_with or (room.bundled_with if room else None)
        name = room.name if room else bought.name or DEFAULT_NAME
        asked = licences.Bought(name, bought.seats, Kind.BUNDLE if product else Kind.SINGLE, product)
        await licences.set_licence(session, actor, asked, licence_id=room.id if room else None)


def _meant(rooms: list[Room], name: str | None) -> Room | None:
    if name is None and len(rooms) == 1:
        return rooms[0]
    wanted = (name or DEFAULT_NAME).lower()
    return next((room for room in rooms if wanted in (room.name.lower(), room.key)), None)


async def people(session: ReadSession, account_id: int) -> list[dict[str, Any]]:
    """Everybody by name, each as a mapping of plain values."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    names = {room.id: room.key for room in await licensing.rooms_of(session, account_id)}
    while True:
        page = await repository.page(session, account_id, PeopleFilter(), Window(LARGEST_PAGE, cursor, backward=False))
        found += await _described(session, account_id, list(page.rows), names)
        cursor = page.info.end_cursor
        if not page.info.has_next_page:
            return found


async def _described(session: ReadSession, account_id: int, rows: list[User], licence_keys: dict[int, str]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    seats = await licensing.seats_of(session, account_id, ids)
    held: dict[int, list[str]] = {}
    for each in await role_rows.held(session, account_id, ids):
        held.setdefault(each.user_id, []).append(each.role)
    return [
        {
            "email": row.email,
            "name": row.name,
            "account_role": row.account_role,
            "active": row.active,
            "source": row.source,
            "seat": licence_keys.get(seats[row.id].licence_id) if row.id in seats else None,
            "roles": sorted(set(held.get(row.id, []))),
        }
        for row in rows
    ]


async def person(session: ReadSession, account_id: int, email: str) -> User:
    """Raises InvalidInput where nobody has the address."""
    found = await accounts.user_by_email(session, account_id, email)
    if found is None:
        raise InvalidInput("Nobody in the account has this address.", pointer="EMAIL", value=email)
    return found


async def add(session: Session, new: Person, password_hash: str) -> User:
    """The person with roles and seat, all of it or nothing."""
    actor = system(session.account_id)
    row = await service.create(session, actor, NewPerson(new.email, new.name, account_role=new.account_role, password_hash=password_hash))
    if new.roles:
        await roles.set_roles(session, actor, user_id=row.id, roles=new.roles)
    if new.seat:
        await service.give_seat(session, actor, user_id=row.id)
    return row
