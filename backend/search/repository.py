"""SQL of the index."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import delete, func, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.db.session import Session
from backend.search.tables import SearchDocument, SearchPosting, SearchTerm

_LOCK = 1_936_024_416


async def write_lock(session: Session) -> None:
    """One writer of an account's index at a time, until the transaction ends: blocks are read, changed and written back."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:space, :account)"), {"space": _LOCK, "account": session.account_id % 2**31}
    )  # fmt: skip


async def document(session: AsyncSession, account_id: int, interaction_id: int) -> SearchDocument | None:
    query = select(SearchDocument).where(col(SearchDocument.account_id) == account_id, col(SearchDocument.interaction_id) == interaction_id)
    return (await session.execute(query)).scalar_one_or_none()


async def next_ordinal(session: AsyncSession, account_id: int) -> int:
    last = await session.scalar(select(func.max(col(SearchDocument.ordinal))).where(col(SearchDocument.account_id) == account_id))
    return 0 if last is None else int(last) + 1


async def term_ids(session: AsyncSession, account_id: int, digests: Collection[bytes]) -> dict[bytes, int]:
    query = select(col(SearchTerm.digest), col(SearchTerm.id)).where(
        col(SearchTerm.account_id) == account_id, col(SearchTerm.digest).in_(list(digests))
    )
    return {row.digest: row.id for row in await session.execute(query)}


async def postings(
    session: AsyncSession, account_id: int, term_ids: Collection[int], block: int | None = None
) -> dict[tuple[int, int], SearchPosting]:
    """(term, block) to its row; of one block, or of all."""
    query = select(SearchPosting).where(col(SearchPosting.account_id) == account_id, col(SearchPosting.term_id).in_(list(term_ids)))
    if block is not None:
        query = query.where(col(SearchPosting.block) == block)
    return {(row.term_id, row.block): row for row in (await session.execute(query)).scalars()}


async def interactions(session: AsyncSession, account_id: int, ordinals: Collection[int]) -> list[int]:
    query = select(col(SearchDocument.interaction_id)).where(
        col(SearchDocument.account_id) == account_id, col(SearchDocument.ordinal).in_(list(ordinals))
    )
    return list((await session.execute(query)).scalars())


async def write_postings(session: Session, rows: list[dict[str, object]]) -> None:
    """Inserts or overwrites blocks: account_id, term_id, block, count, data."""
    for start in range(0, len(rows), 500):
        statement = insert(SearchPosting).values(rows[start : start + 500])
        await session.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id", "term_id", "block"],
                set_={"count": statement.excluded.count, "data": statement.excluded.data},
            )
        )


async def drop_postings(session: Session, keys: Collection[tuple[int, int]]) -> None:
    """Removes blocks that hold nothing any more."""
    if keys:
        table = SearchPosting.__table__  # type: ignore[attr-defined]
        await session.execute(
            table.delete().where(table.c.account_id == session.account_id, tuple_(table.c.term_id, table.c.block).in_(list(keys)))
        )


async def drop_document(session: Session, interaction_id: int) -> None:
    await session.execute(
        delete(SearchDocument).where(
            col(SearchDocument.account_id) == session.account_id, col(SearchDocument.interaction_id) == interaction_id
        )
    )


async def drop_unused_terms(session: Session, term_ids: Collection[int]) -> None:
    """Removes those of these terms that no block holds any more."""
    posting, term = SearchPosting, SearchTerm
    used = select(col(posting.term_id)).where(col(posting.account_id) == col(term.account_id), col(posting.term_id) == col(term.id))
    query = delete(term).where(col(term.account_id) == session.account_id, col(term.id).in_(list(term_ids)), ~used.exists())
    await session.execute(query.execution_options(synchronize_session=False))


async def new_term_ids(session: Session, count: int) -> list[int]:
    rows = await session.execute(
        text("SELECT nextval(pg_get_serial_sequence('search_term', 'id')) FROM generate_series(1, :count)"), {"count": count}
    )
    return [int(cast(int, value)) for value in rows.scalars()]
