"""
Guiding sentences of other languages into English, as far as models are installed.

A topic is translated when it is written, and what still waits every ten minutes: a model may have come or been mended meanwhile, and
nobody should have to save a topic or start a worker again for that. Twice is no harm: only what still waits is translated, and only what
still waits is written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from backend.db import doors
from backend.errors import ConfigurationError
from backend.infra.queue.base import StageTask
from backend.topics import repository
from backend.topics.tables import TopicSentence
from backend.topics.translation import Translation, keep
from workers.deps import Deps, Engines

EVERY_S = 600
log = logging.getLogger(__name__)


async def keep_translating(deps: Deps, *, every_s: float = EVERY_S, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Looks until cancelled."""
    while True:
        try:
            await translate_all(deps)
        except Exception:
            log.exception("guiding sentences could not be looked after; trying again in %g s", every_s)
        await pause(every_s)


async def translate_topics(deps: Deps, task: StageTask) -> bool:
    """True where this call translated something."""
    await deps.queue.started(task)
    return bool(await translate_account(deps, task.account_id))


async def translate_all(deps: Deps) -> int:
    """Every account's topics; returns how many sentences. A model that cannot be used is tried once, not for each account."""
    if deps.engines.translator is None or not deps.engines.translator.languages():
        return 0
    unusable: set[str] = set()
    return sum([await translate_account(deps, account_id, unusable) for account_id in await doors.accounts(deps.db)])


async def translate_account(deps: Deps, account_id: int, unusable: set[str] | None = None) -> int:
    """
    Returns how many sentences. A language whose model fails is left as it is, and the log says why; those of `unusable` are not tried,
    and what turns out to be so is added.
    """
    if deps.engines.translator is None:
        return 0
    unusable = set() if unusable is None else unusable
    async with deps.db.reading(account_id) as session:
        waiting = await repository.untranslated(session, account_id)
    found: dict[int, Translation] = {}
    for language in sorted(({each.language for each in waiting} & deps.engines.translator.languages()) - unusable):
        some = [each for each in waiting if each.language == language]
        try:
            found |= await asyncio.to_thread(_translated, deps.engines, some, language)
        except ConfigurationError as error:
            unusable.add(language)
            log.error("guiding sentences in %s cannot be translated: %s", language, error.message)
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
