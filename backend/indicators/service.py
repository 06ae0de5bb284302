"""Indicators of an account: made, and handed to the analysis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analysis.types import Category, Keyword, Scope
from backend.analysis.types import Indicator as Definition
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import InvalidInput
from backend.indicators import repository
from backend.indicators.rules import checked, require_room
from backend.indicators.tables import Indicator, IndicatorCategory, IndicatorKeyword


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """The account's indicators as the analysis takes them, and the rows that its answers belong to."""

    categories: tuple[Category, ...] = ()
    indicator_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    """(category, indicator) to id."""
    keyword_ids: dict[tuple[int, str], int] = field(default_factory=dict)
    """(indicator id, keyword) to id."""


async def create(
    session: Session, actor: Actor, *, category: str, name: str, keywords: Sequence[Keyword], scope: str = "both"
) -> Indicator:  # fmt: skip
    """A new indicator, in a category that is made where it is new. It counts in conversations that are analysed from now on."""
    actor.require_account(AccountAction.DEFINITIONS_EDIT)
    words = checked(name, scope, keywords)
    require_room(await repository.count(session, actor.account_id))
    folder = await _category(session, category)
    if await repository.by_name(session, actor.account_id, folder.id, name):
        raise InvalidInput(f"The category {category} has an indicator of this name.", pointer="/input/name", value=name)
    row = Indicator(account_id=actor.account_id, category_id=folder.id, name=name.strip(), scope=scope, created_at=utc_now())
    session.add(row)
    await session.flush()
    for word in words:
        session.add(
            IndicatorKeyword(account_id=actor.account_id, indicator_id=row.id, text=word.text, inflections=word.inflections)
        )  # fmt: skip
    await session.flush()
    return row


async def for_analysis(session: AsyncSession, account_id: int) -> IndicatorSet:
    """All indicators of the account, in the order in which they were made."""
    words: dict[int, list[IndicatorKeyword]] = defaultdict(list)
    for keyword in await repository.keywords(session, account_id):
        words[keyword.indicator_id].append(keyword)
    rows = await repository.indicators(session, account_id)
    folders = await repository.categories(session, account_id)
    names = {folder.id: folder.name for folder in folders}
    return IndicatorSet(
        tuple(
            Category(folder.name, tuple(_definition(row, words[row.id]) for row in rows if row.category_id == folder.id))
            for folder in folders
        ),
        {(names[row.category_id], row.name): row.id for row in rows},
        {(row.id, word.text): word.id for row in rows for word in words[row.id]},
    )


def _definition(row: Indicator, words: list[IndicatorKeyword]) -> Definition:
    return Definition(row.name, tuple(Keyword(word.text, word.inflections) for word in words), cast(Scope, row.scope))


async def _category(session: Session, name: str) -> IndicatorCategory:
    if not name.strip():
        raise InvalidInput("A category needs a name.", pointer="/input/category", value=name)
    found = await repository.category_by_name(session, session.account_id, name.strip())
    if found is None:
        found = IndicatorCategory(account_id=session.account_id, name=name.strip())
        session.add(found)
        await session.flush()
    return found
