"""
Seats: one rule, whichever way they are assigned.

A person holds one seat at most. Who assigns one holds the person and then the account's licences until the transaction ends, so two who
want the last seat come one after the other, and the second is refused.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from backend.accounts.tables import User
from backend.audit import service as audit
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, NoSeatLeft, NotFound
from backend.licensing import repository
from backend.licensing.rules import Change, Room, choose
from backend.licensing.tables import Seat, SeatEvent


async def assign(
    session: Session, actor: Actor, *, user_id: int, licence_key: str | None = None, source: str = "manual"
) -> Seat:  # fmt: skip
    """
    The person's seat. Whoever holds one already keeps it, with its source, unless another licence is named: then the seat moves there.

    Raises NotFound without such a person, Conflict where they are switched off, InvalidInput without such a licence, NoSeatLeft where
    none is left. The refusal is written to the history before it is raised: catch it inside the transaction, or write it with `refused`.
    Who assigns to several people in one transaction calls `hold` with all of them first.
    """
    user = (await repository.hold_people(session, [user_id])).get(user_id)
    _check(user)
    held = await repository.seat(session, session.account_id, user_id)
    if held is not None and licence_key is None:
        return held
    rooms = await repository.hold_licences(session)
    if held is not None and any(room.id == held.licence_id and room.key == licence_key for room in rooms):
        return held
    try:
        room = choose(rooms, licence_key)
    except NoSeatLeft as refusal:
        await refused(session, actor, user_id=user_id, licence_key=licence_key, source=source, reason=refusal.message)
        raise
    return await _take(session, actor, room, held, user_id=user_id, source=source)


async def release(session: Session, actor: Actor, *, user_id: int, source: str = "manual", reason: str | None = None) -> bool:
    """Takes the person's seat back; False where they have none. `reason` is one for people, e.g. `deactivated`."""
    await repository.hold_people(session, [user_id])
    held = await repository.seat(session, session.account_id, user_id)
    if held is None:
        return False
    await session.delete(held)
    await session.flush()
    _tell(session, actor, Change.RELEASED, user_id=user_id, licence_id=held.licence_id, source=source, reason=reason)
    audit.record(session, actor, "seat.release", "User", user_id, detail={"source": source, "reason": reason})
    return True


async def refused(
    session: Session, actor: Actor, *, user_id: int | None, source: str, reason: str, licence_key: str | None = None
) -> None:  # fmt: skip
    """
    Writes a refusal into the history. For callers whose transaction it undid; `user_id` None where the person was not made either.
    """
    rooms = {row.key: row.id for row in await repository.licences(session, session.account_id)}
    licence_id = rooms.get(licence_key) if licence_key else next(iter(rooms.values()), None) if len(rooms) == 1 else None
    _tell(session, actor, Change.REFUSED, user_id=user_id, licence_id=licence_id, source=source, reason=reason)
    audit.record(session, actor, "seat.refuse", "User", user_id, detail={"source": source, "reason": reason})


async def hold(session: Session, user_ids: list[int]) -> None:
    """Locks these people, in an order that every transaction shares, before several of them are given or lose a seat."""
    await repository.hold_people(session, user_ids)


async def seat_of(session: AsyncSession, account_id: int, user_id: int) -> Seat | None:
    """The seat that the person holds."""
    return await repository.seat(session, account_id, user_id)


async def seats_of(session: AsyncSession, account_id: int, user_ids: Collection[int]) -> dict[int, Seat]:
    """The seats of these people, by person."""
    return await repository.seats(session, account_id, user_ids)


async def key_of_licence(session: Session, licence_id: int) -> str:
    """Raises NotFound where the account has no such licence."""
    found = next((row.key for row in await repository.licences(session, session.account_id) if row.id == licence_id), None)
    if found is None:
        raise NotFound("There is no such licence in this account.")
    return found


async def rooms_of(session: AsyncSession, account_id: int) -> list[Room]:
    """The account's licences with what is taken, oldest first. Nothing is locked: good for showing, not for deciding."""
    taken = await repository.used(session, account_id)
    rows = await repository.licences(session, account_id)
    return [repository.room(row, taken) for row in rows]


def _check(user: User | None) -> None:
    if user is None:
        raise NotFound("There is no such person in this account.")
    if not user.active:
        raise Conflict(f"{user.name} is switched off and can hold no seat. Switch them on first.")


async def _take(session: Session, actor: Actor, room: Room, held: Seat | None, *, user_id: int, source: str) -> Seat:
    change = Change.ASSIGNED if held is None else Change.MOVED
    row = held or Seat(account_id=session.account_id, user_id=user_id, licence_id=room.id, assigned_at=utc_now())
    row.licence_id, row.source, row.assigned_at, row.assigned_by = room.id, source, utc_now(), actor.user_id
    session.add(row)
    await session.flush()
    _tell(session, actor, change, user_id=user_id, licence_id=room.id, source=source)
    action = "seat.assign" if held is None else "seat.move"
    audit.record(session, actor, action, "User", user_id, detail={"licence": room.key, "source": source})
    return row


def _tell(
    session: Session, actor: Actor, change: Change, *, user_id: int | None, licence_id: int | None, source: str, reason: str | None = None
) -> None:  # fmt: skip
    session.add(
        SeatEvent(
            account_id=session.account_id,
            at=utc_now(),
            user_id=user_id,
            licence_id=licence_id,
            change=change.value,
            source=source,
            actor_id=actor.user_id,
            reason=reason,
        )
    )
