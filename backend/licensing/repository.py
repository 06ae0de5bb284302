"""SQL of licences, seats and their history."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.accounts.tables import Agent, Team, User
from backend.db.page import decode_cursor, encode_cursor
from backend.db.session import Session
from backend.errors import InvalidInput
from backend.graphql.connection import Slice, Window, cut
from backend.licensing.rules import Room
from backend.licensing.tables import Licence, Seat, SeatEvent


async def hold_people(session: Session, user_ids: Collection[int]) -> dict[int, User]:
    """
    These people, locked in the order of their ids until the transaction ends: nobody switches them off or gives them a seat meanwhile.
    People come before licences everywhere, so that two transactions never wait for each other.
    """
    query = (
        select(User)
        .where(col(User.account_id) == session.account_id, col(User.id).in_(user_ids))
        .order_by(col(User.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in (await session.execute(query)).scalars()}


async def hold_licences(session: Session) -> list[Room]:
    """The account's licences, locked until the transaction ends, with what is taken of each as of now."""
    held = select(Licence).where(col(Licence.account_id) == session.account_id).order_by(col(Licence.id)).with_for_update()
    rows = list((await session.execute(held.execution_options(populate_existing=True))).scalars())
    # A statement of its own, after the locks: it sees every seat that a transaction before this one has taken.
    taken = await used(session, session.account_id)
    return [room(row, taken) for row in rows]


def room(row: Licence, taken: Mapping[int, int]) -> Room:
    """A licence with what is taken, by licence."""
    return Room(row.id, row.key, row.name, row.kind, row.seats, taken.get(row.id, 0), row.bundled_with)


async def used(session: AsyncSession, account_id: int) -> dict[int, int]:
    """How many seats of each licence are taken."""
    query = select(col(Seat.licence_id), func.count()).where(col(Seat.account_id) == account_id).group_by(col(Seat.licence_id))
    return {row[0]: row[1] for row in await session.execute(query)}


async def licences(session: AsyncSession, account_id: int) -> list[Licence]:
    """Oldest first."""
    query = select(Licence).where(col(Licence.account_id) == account_id).order_by(col(Licence.id))
    return list((await session.execute(query)).scalars())


async def licences_by_id(session: AsyncSession, account_id: int, ids: Collection[int]) -> dict[int, Licence]:
    query = select(Licence).where(col(Licence.account_id) == account_id, col(Licence.id).in_(ids))
    return {row.id: row for row in (await session.execute(query)).scalars()}


async def seat(session: AsyncSession, account_id: int, user_id: int) -> Seat | None:
    return (await seats(session, account_id, [user_id])).get(user_id)


async def seats(session: AsyncSession, account_id: int, user_ids: Collection[int]) -> dict[int, Seat]:
    query = select(Seat).where(col(Seat.account_id) == account_id, col(Seat.user_id).in_(user_ids))
    return {row.user_id: row for row in (await session.execute(query)).scalars()}


async def taken_by_source(session: AsyncSession, account_id: int) -> dict[str, int]:
    query = select(col(Seat.source), func.count()).where(col(Seat.account_id) == account_id).group_by(col(Seat.source))
    return {row[0]: row[1] for row in await session.execute(query)}


async def taken_by_team(session: AsyncSession, account_id: int) -> list[tuple[int | None, int]]:
    """
    Seats by the team of the agent that their holder is, in the order of the teams' names; None, last: nobody's team. A person who is
    an agent in several teams counts in the first, so that the numbers add up to the seats.
    """
    team = (
        select(func.min(col(Agent.team_id)))
        .where(col(Agent.account_id) == account_id, col(Agent.user_id) == col(Seat.user_id))
        .correlate(Seat)
        .scalar_subquery()
    )
    counted = (
        select(team.label("team_id"), func.count().label("used")).where(col(Seat.account_id) == account_id).group_by("team_id").subquery()
    )
    query = (
        select(counted.c.team_id, counted.c.used)
        .outerjoin(Team, (col(Team.account_id) == account_id) & (col(Team.id) == counted.c.team_id))
        .order_by(col(Team.name).nulls_last(), counted.c.team_id)
    )
    return [(row[0], row[1]) for row in await session.execute(query)]


async def history(session: AsyncSession, account_id: int, *, user_id: int | None, part: Window) -> Slice[SeatEvent]:
    """Newest first. Raises InvalidInput where the cursor is none of this list."""
    query = select(SeatEvent).where(col(SeatEvent.account_id) == account_id)
    if user_id is not None:
        query = query.where(col(SeatEvent.user_id) == user_id)
    if part.cursor is not None:
        (number,) = decode_cursor(part.cursor, pointer="/after", parts=1)
        if type(number) is not int or not 0 < number < 2**63:
            raise InvalidInput("This cursor belongs to another list. Start again without one.", pointer="/after", value=part.cursor)
        query = query.where(col(SeatEvent.id) < number)
    rows = (await session.execute(query.order_by(col(SeatEvent.id).desc()).limit(part.size + 1))).scalars().all()
    return cut(rows, part, lambda row: encode_cursor([row.id]))
