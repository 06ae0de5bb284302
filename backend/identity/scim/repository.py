"""SQL of SCIM resources."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scim2_models import SearchRequest
from sqlalchemy import delete, func, select, text, update
from sqlmodel import col

from backend.db.session import ReadSession, Session
from backend.identity.scim import filters
from backend.identity.scim.tables import ScimMember, ScimResource
from backend.identity.tokens.rules import Kind
from backend.identity.tokens.tables import ApiToken

_LOCK = 0x5C1  # the class of advisory locks that SCIM takes, with the account as object


async def one_at_a_time(session: Session) -> None:
    """Waits until no other change of this account's directory is under way, and holds the turn until the transaction ends."""
    key = session.account_id % 2**31
    await session.execute(text("SELECT pg_advisory_xact_lock(:class, :account)"), {"class": _LOCK, "account": key})


async def by_scim_id(session: ReadSession, account_id: int, kind: str, scim_id: str) -> ScimResource | None:
    query = select(ScimResource).where(
        col(ScimResource.account_id) == account_id, col(ScimResource.scim_id) == scim_id, col(ScimResource.kind) == kind
    )
    return (await session.execute(query)).scalar_one_or_none()


async def by_user_name(session: ReadSession, account_id: int, name_key: str) -> ScimResource | None:
    query = select(ScimResource).where(
        col(ScimResource.account_id) == account_id, col(ScimResource.kind) == "User", col(ScimResource.name_key) == name_key
    )
    return (await session.execute(query)).scalar_one_or_none()


async def named(session: ReadSession, account_id: int, scim_ids: Collection[str]) -> dict[str, int]:
    """The numbers of resources of either kind by their SCIM ids."""
    query = select(col(ScimResource.scim_id), col(ScimResource.id)).where(
        col(ScimResource.account_id) == account_id, col(ScimResource.scim_id).in_(list(scim_ids))
    )
    return {row.scim_id: row.id for row in await session.execute(query)}


async def users(session: ReadSession, account_id: int, ids: Collection[int]) -> Sequence[ScimResource]:
    """Users among these resources who are active and have a person, oldest first."""
    query = select(ScimResource).where(
        col(ScimResource.account_id) == account_id,
        col(ScimResource.id).in_(list(ids)),
        col(ScimResource.user_id).is_not(None),
        col(ScimResource.active),
    )
    return (await session.execute(query.order_by(col(ScimResource.id)))).scalars().all()


async def active_ids(session: ReadSession, account_id: int, *, after: int = 0, limit: int | None = None) -> list[int]:
    """Numbers of the active users who have a person, from the one after `after` on."""
    query = select(col(ScimResource.id)).where(
        col(ScimResource.account_id) == account_id,
        col(ScimResource.kind) == "User",
        col(ScimResource.user_id).is_not(None),
        col(ScimResource.active),
        col(ScimResource.id) > after,
    )
    return list((await session.execute(query.order_by(col(ScimResource.id)).limit(limit))).scalars())


async def search(
    session: ReadSession, account_id: int, kinds: Sequence[str], request: SearchRequest[Any]
) -> tuple[int, Sequence[ScimResource]]:
    """How many match, and the page of them that the request asks for. Where the page shows the last of them, nothing is counted."""
    here = (col(ScimResource.account_id) == account_id, filters.condition(kinds, request.filter))
    start, size = request.start_index_0 or 0, request.count
    rows: Sequence[ScimResource] = ()
    if size != 0:
        query = select(ScimResource).where(*here).order_by(*filters.order(kinds, request)).offset(start).limit(size)
        rows = (await session.execute(query)).scalars().all()
    if (size is None or len(rows) < size) and (rows or start == 0):
        return start + len(rows), rows
    return await session.scalar(select(func.count()).select_from(ScimResource).where(*here)) or 0, rows


async def remove(session: Session, row: ScimResource) -> None:
    mine = (col(ScimResource.account_id) == session.account_id, col(ScimResource.id) == row.id)
    session.expunge(row)
    await session.execute(delete(ScimResource).where(*mine))


async def changed(session: Session, ids: Collection[int], *, modified_at: datetime | None = None) -> None:
    """These resources look different from now on; `modified_at` where they were themselves changed."""
    if not ids:
        return
    values: dict[str, Any] = {"version": ScimResource.version + 1}
    if modified_at is not None:
        values["modified_at"] = modified_at
    mine = (col(ScimResource.account_id) == session.account_id, col(ScimResource.id).in_(list(ids)))
    await session.execute(update(ScimResource).where(*mine).values(**values).execution_options(synchronize_session=False))


async def groups_holding(session: ReadSession, account_id: int, member_id: int) -> list[int]:
    query = select(col(ScimMember.group_id)).where(col(ScimMember.account_id) == account_id, col(ScimMember.member_id) == member_id)
    return list((await session.execute(query)).scalars())


async def counts(session: ReadSession, account_id: int) -> dict[str, int]:
    """How many resources of each kind there are."""
    query = select(col(ScimResource.kind), func.count().label("number")).where(col(ScimResource.account_id) == account_id)
    return {row.kind: row.number for row in await session.execute(query.group_by(col(ScimResource.kind)))}


async def group_named(session: ReadSession, account_id: int, name_key: str) -> ScimResource | None:
    """The oldest group of this name."""
    query = select(ScimResource).where(
        col(ScimResource.account_id) == account_id, col(ScimResource.kind) == "Group", col(ScimResource.name_key) == name_key
    )
    return (await session.execute(query.order_by(col(ScimResource.id)).limit(1))).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Of those for SCIM: how many count, and when one was last used."""

    live: int
    last_used_at: datetime | None


async def tokens(session: ReadSession, account_id: int, now: datetime) -> Tokens:
    counts_now = col(ApiToken.revoked_at).is_(None) & (col(ApiToken.expires_at) > now)
    query = select(func.count().filter(counts_now), func.max(col(ApiToken.last_used_at))).where(
        col(ApiToken.account_id) == account_id, col(ApiToken.kind) == Kind.SCIM.value
    )
    row = (await session.execute(query)).one()
    return Tokens(row[0], row[1])
