"""SQL of indicators."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.indicators.tables import Indicator, IndicatorCategory, IndicatorKeyword


async def count(session: AsyncSession, account_id: int) -> int:
    return int(await session.scalar(select(func.count()).select_from(Indicator).where(col(Indicator.account_id) == account_id)) or 0)


async def category_by_name(session: AsyncSession, account_id: int, name: str) -> IndicatorCategory | None:
    query = select(IndicatorCategory).where(col(IndicatorCategory.account_id) == account_id, col(IndicatorCategory.name) == name)
    return (await session.execute(query)).scalar_one_or_none()


async def by_name(session: AsyncSession, account_id: int, category_id: int, name: str) -> Indicator | None:
    query = select(Indicator).where(
        col(Indicator.account_id) == account_id, col(Indicator.category_id) == category_id, col(Indicator.name) == name
    )
    return (await session.execute(query)).scalar_one_or_none()


async def categories(session: AsyncSession, account_id: int) -> list[IndicatorCategory]:
    query = select(IndicatorCategory).where(col(IndicatorCategory.account_id) == account_id).order_by(col(IndicatorCategory.id))
    return list((await session.execute(query)).scalars())


async def indicators(session: AsyncSession, account_id: int) -> list[Indicator]:
    query = select(Indicator).where(col(Indicator.account_id) == account_id).order_by(col(Indicator.id))
    return list((await session.execute(query)).scalars())


async def keywords(session: AsyncSession, account_id: int) -> list[IndicatorKeyword]:
    query = select(IndicatorKeyword).where(col(IndicatorKeyword.account_id) == account_id).order_by(col(IndicatorKeyword.id))
    return list((await session.execute(query)).scalars())
