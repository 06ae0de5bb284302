"""
Guiding sentences of other languages into English, as far as models are installed.

A topic is translated when it is written, and every account's topics when a worker starts, since a model may have come meanwhile. Twice is
no harm: only what still waits is translated, and only what still waits is written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from backend.db import doors
from backend.infra.queue.base import StageTask
from backend.topics import repository
from backend.topics.tables import TopicSentence
from backend.topics.translation import Translation, keep
from workers.deps import Deps, Engines

log = logging.getLogger(__name__)


async def translate_topics(deps: Deps, task: StageTask) -> bool:
    """True where this call translated something."""
    await deps.queue.started(task)
    return bool(await translate_account(deps, task.account_id))


async def translate_all(deps: Deps) -> int:
    """Every account's topics; returns how many sentences."""
    if deps.engines.translator is None or not deps.engines.translator.languages():
        return 0
    return sum([await translate_account(deps, account_id) for account_id in await doors.accounts(deps.db)])


async def translate_account(deps: Deps, account_id: int) -> int:
    """Returns how many sentences. A language whose model fails is left as it is, and the log says why."""
    if deps.engines.translator is None:
        return 0
    async with deps.db.reading(account_id) as session:
        waiting = await repository.untranslated(session, account_id)
    found: dict[int, Translation] = {}
    for language in sorted({each.language for each in waiting} & deps.engines.translator.languages()):
        some = [each for each in waiting if each.language == language]
        try:
            found |= await asyncio.to_thread(_translated, deps.engines, some, language)
        except Exception:
            log.exception("guiding sentences in %s of account %d could not be translated", language, account_id)
    if not found:
        return 0
    async with deps.db.writing(account_id) as session:
        return await keep(session, found)


def _translated(engines: Engines, rows: Sequence[TopicSentence], language: str) -> dict[int, Translation]:
    assert engines.translator is not None
    with engines.turn:
        english = engines.translator.translate([row.text for row in rows], language)
        name = engines.translator.name(language)
    return {row.id: Translation(row, text.strip(), name) for row, text in zip(rows, english, strict=True) if text.strip()}
