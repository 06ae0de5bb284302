"""All the SQL of tokens and their keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import col

from backend.db.session import ReadSession, Session
from backend.identity.tokens.tables import ApiToken, SigningKey


async def token(session: ReadSession, account_id: int, token_id: int) -> ApiToken | None:
    query = select(ApiToken).where(col(ApiToken.account_id) == account_id, col(ApiToken.id) == token_id)
    return (await session.execute(query)).scalars().first()


async def tokens(session: ReadSession, account_id: int, *, ended_after: datetime, user_id: int | None = None) -> Sequence[ApiToken]:
    """Newest first, the account's or one person's; those that ended before `ended_after` are left out."""
    ended = func.least(func.coalesce(col(ApiToken.revoked_at), col(ApiToken.expires_at)), col(ApiToken.expires_at))
    query = select(ApiToken).where(col(ApiToken.account_id) == account_id, ended > ended_after).order_by(col(ApiToken.id).desc())
    if user_id is not None:
        query = query.where(col(ApiToken.user_id) == user_id)
    return (await session.execute(query)).scalars().all()


async def live(session: ReadSession, account_id: int, now: datetime, *, user_id: int | None = None, not_kid: str | None = None) -> int:
    """How many tokens count now: a person's, or those that another key than `not_kid` signed."""
    query = select(func.count()).where(
        col(ApiToken.account_id) == account_id, col(ApiToken.revoked_at).is_(None), col(ApiToken.expires_at) > now
    )
    if user_id is not None:
        query = query.where(col(ApiToken.user_id) == user_id)
    if not_kid is not None:
        query = query.where(col(ApiToken.kid) != not_kid)
    return int(await session.scalar(query) or 0)


async def touch(session: Session, token_id: int, now: datetime) -> None:
    await session.execute(
        update(ApiToken)
        .where(col(ApiToken.account_id) == session.account_id, col(ApiToken.id) == token_id)
        .values(last_used_at=func.greatest(func.coalesce(col(ApiToken.last_used_at), now), now))
    )


async def key(session: ReadSession, account_id: int, kid: str) -> SigningKey | None:
    query = select(SigningKey).where(col(SigningKey.account_id) == account_id, col(SigningKey.kid) == kid)
    return (await session.execute(query)).scalars().first()


async def signing_key(session: ReadSession, account_id: int) -> SigningKey | None:
    """The newest key that still signs."""
    query = select(SigningKey).where(col(SigningKey.account_id) == account_id, col(SigningKey.retired_at).is_(None))
    return (await session.execute(query.order_by(col(SigningKey.id).desc()).limit(1))).scalars().first()


async def retire_keys(session: Session, now: datetime) -> None:
    """No key signs from now on, and those that no token needs any more are gone."""
    needed = select(col(ApiToken.kid)).where(
        col(ApiToken.account_id) == session.account_id, col(ApiToken.revoked_at).is_(None), col(ApiToken.expires_at) > now
    )
    await session.execute(
        update(SigningKey)
        .where(col(SigningKey.account_id) == session.account_id, col(SigningKey.retired_at).is_(None))
        .values(retired_at=now)
    )
    await session.execute(delete(SigningKey).where(col(SigningKey.account_id) == session.account_id, col(SigningKey.kid).not_in(needed)))
