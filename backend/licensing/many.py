"""The one rule of seats for many people at once: the same locks, history and refusals, in statements that do not grow with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import delete
from sqlmodel import col

from backend.audit import service as audit
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import NoSeatLeft
from backend.licensing import repository
from backend.licensing.rules import Change, Room, refusal
from backend.licensing.tables import Seat, SeatEvent


class NoneLeftFor(Exception):
    """No seat is left for this person. Nothing of what was asked may stay."""

    def __init__(self, user_id: int, refused: NoSeatLeft) -> None:
        super().__init__(refused.message)
        self.user_id, self.refused = user_id, refused


async def assign_to(session: Session, actor: Actor, wanted: Mapping[int, str], *, source: str) -> list[int]:
    """
    Seats by person and licence's key, for people whom `service.hold` holds and who are active; returns who got one or was moved. Whoever
    has a seat of that licence, or one from another source, keeps it; a key that there is not gives none. Raises NoneLeftFor.
    """
    held = await repository.seats(session, session.account_id, list(wanted))
    rooms = {room.key: room for room in await repository.hold_licences(session)}
    keys = {room.id: room.key for room in rooms.values()}
    moved: list[int] = []
    for user_id, key in sorted(wanted.items()):
        seat, room = held.get(user_id), rooms.get(key)
        if room is None or (seat is not None and (seat.source != source or seat.licence_id == room.id)):
            continue
        if not room.left:
            raise NoneLeftFor(user_id, refusal([room]))
        rooms[key] = replace(room, used=room.used + 1)
        if seat is not None and (before := rooms.get(keys.get(seat.licence_id, ""))):
            rooms[before.key] = replace(before, used=before.used - 1)
        _take(session, actor, room, seat, user_id=user_id, source=source)
        moved.append(user_id)
    await session.flush()
    return moved


async def release_from(session: Session, actor: Actor, user_ids: Collection[int], *, source: str, reason: str) -> None:
    """Takes back the seats that this source gave to these people."""
    held = await repository.seats(session, session.account_id, list(user_ids))
    going = {user_id: seat.licence_id for user_id, seat in sorted(held.items()) if seat.source == source}
    for user_id, licence_id in going.items():
        session.expunge(held[user_id])
        _tell(session, actor, Change.RELEASED, user_id=user_id, licence_id=licence_id, source=source, reason=reason)
        audit.record(session, actor, "seat.release", "User", user_id, detail={"source": source, "reason": reason})
    mine = (col(Seat.account_id) == session.account_id, col(Seat.user_id).in_(list(going)))
    await session.execute(delete(Seat).where(*mine).execution_options(synchronize_session=False))


def _take(session: Session, actor: Actor, room: Room, held: Seat | None, *, user_id: int, source: str) -> None:
    row = held or Seat(account_id=session.account_id, user_id=user_id, licence_id=room.id, assigned_at=utc_now())
    row.licence_id, row.source, row.assigned_at, row.assigned_by = room.id, source, utc_now(), actor.user_id
    session.add(row)
    change, action = (Change.ASSIGNED, "seat.assign") if held is None else (Change.MOVED, "seat.move")
    _tell(session, actor, change, user_id=user_id, licence_id=room.id, source=source)
    audit.record(session, actor, action, "User", user_id, detail={"licence": room.key, "source": source})


def _tell(
    session: Session, actor: Actor, change: Change, *, user_id: int, licence_id: int, source: str, reason: str | None = None
) -> None:  # fmt: skip
    session.add(
        SeatEvent(
            account_id=session.account_id, at=utc_now(), user_id=user_id, licence_id=licence_id, change=change.value, source=source,
            actor_id=actor.user_id, reason=reason,
        )
    )  # fmt: skip
