"""An account's decisions."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from backend.db.session import ReadSession
from backend.settings.tables import AccountSettings


async def settings(session: ReadSession, account_id: int, *, lock: bool = False) -> AccountSettings:
    """The account's row. It is made with the account."""
    query = select(AccountSettings).where(col(AccountSettings.account_id) == account_id)
    return (await session.execute(query.with_for_update() if lock else query)).scalars().one()
