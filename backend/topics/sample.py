"""Recent conversations to try guiding sentences on, as far as whoever tries may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.analyses.tables import Analysis
from backend.analysis.tokens import base_language
from backend.authz.actions import Action
from backend.authz.actor import Actor
from backend.interactions.tables import Interaction
from backend.interactions.visibility import visible_to

LEAST, USUAL, MOST = 10, 30, 100
"""Conversations that guiding sentences are tried on."""


@dataclass(frozen=True, slots=True)
class Sample:
    """
    The newest conversations in English, or with a translation, each with its transcript's number; how many newer ones there is no English
    of.
    """

    rows: Sequence[tuple[Interaction, int]] = ()
    other_languages: int = 0


async def newest(session: AsyncSession, actor: Actor, most: int) -> Sample:
    """Those that the actor may see; where they may see none, the account's, of which they are told counts alone."""
    seen = visible_to(actor) if sees(actor) else col(Interaction.account_id) == actor.account_id
    same = and_(col(Analysis.account_id) == col(Interaction.account_id), col(Analysis.id) == col(Interaction.current_analysis_id))
    english = or_(_english(), col(Analysis.translation_id).is_not(None))
    query = select(Interaction, col(Analysis.transcript_id)).join(Analysis, same).where(seen, english, ~col(Interaction.without_words))
    order = col(Interaction.started_at).desc(), col(Interaction.id).desc()
    rows = [(row, number) for row, number in await session.execute(query.order_by(*order).limit(most))]
    other = select(func.count()).select_from(Interaction).join(Analysis, same).where(seen, ~english)
    if len(rows) == most:
        other = other.where(col(Interaction.started_at) >= rows[-1][0].started_at)
    return Sample(rows, int(await session.scalar(other) or 0))


def sees(actor: Actor) -> bool:
    return actor.reach(Action.INTERACTION_READ) is not None


def _english() -> ColumnElement[bool]:
    language = func.coalesce(col(Interaction.language), "")
    return or_(language == "en", language.like("en-%"))


def is_english(row: Interaction) -> bool:
    return base_language(row.language or "") == "en"
