"""Translations of transcripts: kept sealed, made once for the same words and the same engine."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from backend.analyses import repository
from backend.analyses.tables import Translation as Row
from backend.analysis.language.translation import Translation
from backend.clock import utc_now
from backend.db.sealed import Sealer
from backend.db.session import Session, next_id


@dataclass(frozen=True, slots=True)
class Stored:
    """A translation with its row's id."""

    id: int
    translation: Translation


async def newest(session: AsyncSession, sealer: Sealer, interaction_id: int) -> Stored | None:
    """The one that was made last."""
    row = await repository.newest_translation(session, sealer.account_id, interaction_id)
    return None if row is None else Stored(row.id, opened(sealer, row))


def opened(sealer: Sealer, row: Row) -> Translation:
    return Translation.of(sealer.open_json(row.body, table="translation", column="body", row=row.id))


async def save(session: Session, sealer: Sealer, interaction_id: int, found: Translation) -> int:
    """Returns its id."""
    number = await next_id(session, "translation")
    session.add(
        Row(
            account_id=session.account_id,
            id=number,
            interaction_id=interaction_id,
            language=found.language,
            engine=found.engine,
            body=sealer.seal_json(found.document(), table="translation", column="body", row=number),
            created_at=utc_now(),
        )
    )
    await session.flush()
    return number
