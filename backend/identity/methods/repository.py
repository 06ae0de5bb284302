"""The order in which ways in are changed."""

from __future__ import annotations

from sqlalchemy import text

from backend.db.session import Session

_LOCK = 1_937_006_958


async def lock_ways(session: Session) -> None:
    """
    One change of an account's ways in at a time, until the transaction ends. Ask for it before any row is locked: whoever holds it may go
    on to wait for rows.
    """
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:space, :account)"), {"space": _LOCK, "account": session.account_id % 2**31}
    )  # fmt: skip
