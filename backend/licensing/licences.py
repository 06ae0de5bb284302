"""What was bought: use cases of the licences themselves. The account's owner knows what was bought; nobody else changes it."""

from __future__ import annotations

from dataclasses import dataclass

from backend.accounts.naming import Named, refuse_named
from backend.audit import service as audit
from backend.authz.actions import AccountRole
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.licensing import repository
from backend.licensing.rules import DEFAULT_KEY, DEFAULT_NAME, MOST_SEATS, Kind, Room, key_of
from backend.licensing.tables import Licence

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Bought:
    """A licence as it is described: so many seats, by itself or with another product's licence."""

    name: str = DEFAULT_NAME
    seats: int = 0
    kind: str = Kind.SINGLE
    bundled_with: str | None = None


async def set_licence(session: Session, actor: Actor, bought: Bought, *, licence_id: int | None = None) -> Licence:
    """
    Makes a licence, or changes the one of this id. Raises NotPermitted for all but owners, NotFound, InvalidInput for what cannot be, and
    Conflict where fewer seats would be left than are taken, or where another licence has the name.
    """
    _owners_only(actor)
    bought = checked(bought)
    rooms = await repository.hold_licences(session)
    if licence_id is not None:
        _enough(bought.seats, _found(rooms, licence_id))
    _unlike_the_others(bought.name, rooms, licence_id)
    if licence_id is None:
        row = Licence(account_id=session.account_id, key=_free_key(bought.name, rooms), name=bought.name, created_at=utc_now())
    else:
        row = (await repository.licences_by_id(session, session.account_id, [licence_id]))[licence_id]
    before = None if licence_id is None else row.seats
    row.name, row.kind, row.bundled_with, row.seats = bought.name, bought.kind, bought.bundled_with, bought.seats
    session.add(row)
    await session.flush()
    action = "licence.create" if licence_id is None else "licence.change"
    audit.record(session, actor, action, "Licence", row.id, detail={"licence": row.name, "before": before, "after": row.seats})
    return row


async def remove_licence(session: Session, actor: Actor, *, licence_id: int) -> None:
    """Raises NotPermitted for all but owners, NotFound, and Conflict where somebody holds a seat of it or mapping rules give it."""
    _owners_only(actor)
    room = _found(await repository.hold_licences(session), licence_id)
    if room.used:
        raise Conflict(f"{room.used} people hold a seat of {room.name}. Release their seats or move them to another licence first.")
    await refuse_named(session, Named.LICENCE, room.key, room.name)
    await session.delete((await repository.licences_by_id(session, session.account_id, [licence_id]))[licence_id])
    await session.flush()
    audit.record(session, actor, "licence.remove", "Licence", licence_id, detail={"licence": room.name, "before": room.seats})


async def set_seats(session: Session, actor: Actor, *, key: str, seats: int) -> Licence:
    """Sets how many seats of a licence were bought, made where there is none of that key; raises as `set_licence` does."""
    row = next((row for row in await repository.licences(session, session.account_id) if row.key == key), None)
    if row is None:
        return await set_licence(session, actor, Bought(DEFAULT_NAME if key == DEFAULT_KEY else key, seats))
    return await set_licence(session, actor, Bought(row.name, seats, row.kind, row.bundled_with), licence_id=row.id)


def checked(bought: Bought) -> Bought:
    """The same, trimmed. Raises InvalidInput with a pointer to what is wrong."""
    name, product = bought.name.strip(), (bought.bundled_with or "").strip() or None
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(f"A licence's name has 1 to {LONGEST_NAME} characters.", pointer="/input/name", value=bought.name)
    if not 0 <= bought.seats <= MOST_SEATS:
        raise InvalidInput(
            f"Write the number of seats as a whole number from 0 to {MOST_SEATS:,}.", pointer="/input/seats", value=bought.seats
        )
    if bought.kind == Kind.BUNDLE and product is None:
        raise InvalidInput("Name the product whose licence this one comes with.", pointer="/input/bundledWith", value=bought.bundled_with)
    if bought.kind == Kind.SINGLE and product is not None:
        raise InvalidInput("A single licence comes with no other product: leave this empty.", pointer="/input/bundledWith", value=product)
    return Bought(name, bought.seats, Kind(bought.kind), product)


def _owners_only(actor: Actor) -> None:
    if actor.account_role != AccountRole.OWNER:
        raise NotPermitted("account.owner")


def _found(rooms: list[Room], licence_id: int) -> Room:
    room = next((room for room in rooms if room.id == licence_id), None)
    if room is None:
        raise NotFound("There is no such licence in this account.")
    return room


def _enough(seats: int, room: Room) -> None:
    if seats < room.used:
        raise Conflict(f"{room.used} seats of {room.name} are taken: {seats} would be too few. Release {room.used - seats} of them first.")


def _unlike_the_others(name: str, rooms: list[Room], licence_id: int | None) -> None:
    if any(room.name.lower() == name.lower() and room.id != licence_id for room in rooms):
        raise Conflict(f"There is a licence of the name {name}. Choose another, or change that one.")


def _free_key(name: str, rooms: list[Room]) -> str:
    taken = {room.key for room in rooms}
    plain = DEFAULT_KEY if name == DEFAULT_NAME else key_of(name) or "licence"
    return next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, len(rooms) + 3))) if key not in taken)
