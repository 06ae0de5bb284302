"""All the SQL of second factors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.db.session import ReadSession, Session
from backend.identity.tables import RecoveryCode, SecondFactor


async def factor(session: ReadSession, account_id: int, user_id: int, *, locked: bool = False) -> SecondFactor | None:
    """`locked`: two uses of one code come one after the other."""
    query = select(SecondFactor).where(col(SecondFactor.account_id) == account_id, col(SecondFactor.user_id) == user_id)
    return (await session.execute(query.with_for_update() if locked else query)).scalars().first()


async def confirmed(session: ReadSession, account_id: int, user_ids: Iterable[int]) -> set[int]:
    """Which of these people have a second factor."""
    query = select(col(SecondFactor.user_id)).where(
        col(SecondFactor.account_id) == account_id, col(SecondFactor.user_id).in_(user_ids), col(SecondFactor.confirmed_at).is_not(None)
    )
    return set((await session.execute(query)).scalars())


async def remove(session: Session, user_id: int) -> bool:
    """With its recovery codes; whether there was a confirmed one."""
    await drop_recovery_codes(session, user_id)
    query = delete(SecondFactor).where(col(SecondFactor.account_id) == session.account_id, col(SecondFactor.user_id) == user_id)
    return (await session.execute(query.returning(col(SecondFactor.confirmed_at)))).scalars().first() is not None


async def drop_recovery_codes(session: Session, user_id: int) -> None:
    await session.execute(
        delete(RecoveryCode).where(col(RecoveryCode.account_id) == session.account_id, col(RecoveryCode.user_id) == user_id)
    )


async def use_recovery_code(session: Session, user_id: int, code_hash: bytes, now: datetime) -> bool:
    """Whether it was there and unused; it is used now."""
    query = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.account_id) == session.account_id,
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.code_hash) == code_hash,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(RecoveryCode.user_id))
    )
    return (await session.execute(query)).scalar() is not None


async def active_owners(session: ReadSession, account_id: int) -> set[int]:
    query = select(col(User.id)).where(col(User.account_id) == account_id, col(User.active), col(User.account_role) == "owner")
    return set((await session.execute(query)).scalars())


async def owners_with_both(session: ReadSession, account_id: int) -> set[int]:
    """Active owners who have a password and a second factor: they can sign in whatever becomes of the identity providers."""
    same = (col(SecondFactor.account_id) == col(User.account_id)) & (col(SecondFactor.user_id) == col(User.id))
    query = (
        select(col(User.id))
        .join(SecondFactor, same)
        .where(
            col(User.account_id) == account_id,
            col(User.active),
            col(User.account_role) == "owner",
            col(User.password_hash).is_not(None),
            col(SecondFactor.confirmed_at).is_not(None),
        )
    )
    return set((await session.execute(query)).scalars())
