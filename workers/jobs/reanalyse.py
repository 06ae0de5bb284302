"""
One interaction of a run of re-analysis: from the kept transcript to a new analysis, kept beside the current one.

Begun as often as a crash makes it, kept once. While it works, the worker holds the interaction, so that no stage and no deletion comes
between; each one that is done takes the next one up, which waits in the queue behind what has arrived meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import logging

from backend.analyses import service as analyses
from backend.analyses.service import Current
from backend.analysis.language.translation import Translation
from backend.db.session import Session
from backend.errors import AnalysisOff, AssayError
from backend.infra.queue.base import StageTask
from backend.interactions.service import NotAnalysed
from backend.interactions.tables import Interaction
from backend.reanalysis import repository, working
from backend.reanalysis.difference import changes
from backend.reanalysis.working import Outcome
from backend.settings.rules import language_refusal
from backend.settings.service import require_analysis
from workers.analysing import Document, Given, analysed, inputs, keep_translation
from workers.deps import Deps

log = logging.getLogger(__name__)


async def reanalyse(deps: Deps, task: StageTask) -> bool:
    """Works on the interaction for every running run that has taken it up. True where this call ended it in one of them."""
    await deps.queue.started(task)
    async with deps.db.advisory(task.interaction_id) as held:
        if not held:
            return False
        async with deps.db.reading(task.account_id) as session:
            runs = await repository.running_with(session, task.account_id, task.interaction_id)
        return any([await _one(deps, task.account_id, number, task.interaction_id) for number in runs])


async def _one(deps: Deps, account_id: int, reanalysis_id: int, interaction_id: int) -> bool:
    async with deps.db.writing(account_id) as session:
        row = await working.begin(session, reanalysis_id, interaction_id)
    if row is None:
        return False
    try:
        given, current = await _given(deps, row)
        found, translation = await asyncio.to_thread(analysed, given, deps.engines, lambda share: None)
        document = json.loads(json.dumps(found))
        async with deps.db.writing(account_id) as session:
            await _keep(deps, session, reanalysis_id, row, (given, current), (document, translation))
    except AnalysisOff as error:
        async with deps.db.writing(account_id) as session:
            await working.stop(session, reanalysis_id, error.message)
    except NotAnalysed as error:
        await _give_up(deps, account_id, reanalysis_id, interaction_id, "skipped", error.message)
    except AssayError as error:
        await _give_up(deps, account_id, reanalysis_id, interaction_id, "failed", error.message)
    except Exception:
        # The sweeper begins it again, until it has been begun often enough.
        log.exception("interaction %d could not be analysed again in run %d", interaction_id, reanalysis_id)
        return False
    return True


async def _given(deps: Deps, row: Interaction) -> tuple[Given, Current]:
    """Everything of one moment. Raises AnalysisOff, and NotAnalysed where the interaction's language is off."""
    async with deps.db.reading(row.account_id) as session:
        refusal = language_refusal(row.language, (await require_analysis(session, row.account_id)).languages_off)
        if refusal is not None:
            raise NotAnalysed(refusal)
        sealer = await deps.sealers.of(session, row.account_id)
        current = await analyses.load_current(session, sealer, row.id)
        assert current is not None, "what has no analysis is not taken up"
        return await inputs(session, sealer, row.id), current


async def _keep(
    deps: Deps, session: Session, reanalysis_id: int, row: Interaction, before: tuple[Given, Current],
    made: tuple[Document, Translation | None],
) -> None:  # fmt: skip
    (given, current), (document, translation) = before, made
    held = await working.going(session, reanalysis_id)
    if held is None:
        return
    kept = None
    untold = translation is not None and current.analysis_row.translation_id is None
    if given.renewed or untold or document != current.analysis:
        sealer = await deps.sealers.of(session, row.account_id)
        number = given.transcript_id
        if given.renewed:
            number = await analyses.save_transcript(session, sealer, row.id, given.transcript, source=given.source)
        kept = await analyses.keep_analysis(
            session, sealer, row, transcript_id=number, transcript=given.transcript, document=document,
            settings=document["settings"], names=given.names,
            translation_id=await keep_translation(session, sealer, row.id, given, translation),
        )  # fmt: skip
    await working.keep(session, held, row.id, Outcome(current.analysis_row.id, kept, changes(current.analysis, document)))


async def _give_up(deps: Deps, account_id: int, reanalysis_id: int, interaction_id: int, state: str, reason: str) -> None:
    async with deps.db.writing(account_id) as session:
        await working.give_up(session, reanalysis_id, interaction_id, state, reason)
