"""What the analysis of an interaction is given, and the call itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.analyses import service as analyses
from backend.analyses import translations
from backend.analyses.rules import Names, without_words
from backend.analyses.translations import Stored
from backend.analysis.analyze import analyze
from backend.analysis.language.languages import NAMES
from backend.analysis.language.translation import Translation, translated
from backend.analysis.reading import read_transcript
from backend.analysis.tokens import base_language
from backend.analysis.types import Settings, Transcript
from backend.db.sealed import Sealer
from backend.db.session import ReadSession, Session
from backend.indicators import service as indicators
from backend.interactions import repository
from backend.settings.rules import LANGUAGES, NO_ENGINE
from backend.settings.service import require_analysis
from backend.settings.tables import AccountSettings
from backend.topics import service as topics
from workers.deps import Engines
from workers.language.turns import translation_engine
from workers.wording import UNKNOWN, with_roles

Document = dict[str, Any]
_SETUP = "make setup SPEECH=1"


@dataclass(frozen=True, slots=True)
class Given:
    """
    `renewed`: the speakers' roles have changed since this transcript was kept, so it becomes a new version. `recognising`: the account
    wants speech recognised. `doubtful`: nobody said which language is spoken, and it could not be told.
    `stored` is the translation that was made last.
    """

    transcript_id: int
    transcript: Document
    source: str
    renewed: bool
    recognising: bool
    doubtful: bool
    settings: Settings
    names: Names
    stored: Stored | None = None


async def inputs(session: ReadSession, sealer: Sealer, interaction_id: int) -> Given:
    """Raises AnalysisOff where it was switched off meanwhile."""
    account_id = sealer.account_id
    thresholds = await require_analysis(session, account_id)
    row, kept = await analyses.latest_transcript(session, sealer, interaction_id)
    roles = {each.speaker: each.role for each in await repository.speaker_roles(session, account_id, interaction_id)}
    called = await indicators.for_analysis(session, account_id)
    themes = await topics.for_analysis(session, account_id)
    document = with_roles(kept, roles)
    names = Names(called.indicator_ids, called.keyword_ids, themes.ids)
    recognising = thresholds.engine != NO_ENGINE
    call = await repository.interaction(session, account_id, interaction_id)
    doubtful = call is not None and call.language_source == "uncertain"
    stored = await translations.newest(session, sealer, interaction_id)
    settings = _settings(thresholds, called, themes)
    return Given(row.id, document, row.source, document != kept, recognising, doubtful, settings, names, stored)


def _settings(thresholds: AccountSettings, called: indicators.IndicatorSet, themes: topics.TopicSet) -> Settings:
    return Settings(
        silence_ms=thresholds.silence_ms if thresholds.silence_on else None,
        crosstalk_ms=thresholds.crosstalk_ms if thresholds.crosstalk_on else None,
        categories=called.categories,
        topics=themes.own,
        topics_off=themes.off,
    )


def analysed(given: Given, engines: Engines, progress: Callable[[float], None]) -> tuple[Document, Translation | None]:
    """The analysis document, and the translation in which its topics were found. Takes time: call it in a thread."""
    wordless = without_words(given.transcript)
    transcript = read_transcript(given.transcript)
    translation = None if wordless else _translated(given, transcript, engines, lambda share: progress(0.4 * share))
    begun = 0.0 if translation is None else 0.4
    document = analyze(
        transcript, given.settings, embed=None if wordless else engines.embed(),
        translate=translation.lookup(transcript) if translation else None,
        instead=None if wordless else engines.instead(base_language(transcript.language)),
        progress=lambda step, share: progress(begun + (1 - begun) * share),
    )  # fmt: skip
    if wordless and given.source == "activity":
        document["skipped"].insert(0, _no_words(given, engines))
    return document, translation


def _translated(given: Given, transcript: Transcript, engines: Engines, progress: Callable[[float], None]) -> Translation | None:
    """The stored translation while words and engine are the same; else a new one; None where there is no engine for the language."""
    translate = translation_engine(engines.translator, engines.turn, transcript.language)
    if translate is None:
        return None
    if given.stored is not None and given.stored.translation.matches(transcript, translate.name):
        return given.stored.translation
    return translated(transcript, translate, progress)


async def keep_translation(
    session: Session, sealer: Sealer, interaction_id: int, given: Given, found: Translation | None
) -> int | None:  # fmt: skip
    """The id of the translation that an analysis was made with."""
    if found is None:
        return None
    if given.stored is not None and given.stored.translation == found:
        return given.stored.id
    return await translations.save(session, sealer, interaction_id, found)


def _no_words(given: Given, engines: Engines) -> Document:
    """Why the words are unknown, and the command that helps."""
    language = given.transcript["language"]
    if not given.recognising:
        off = "No transcript was delivered and the recognition of speech is switched off under Settings: analysed without words."
        return {"feature": "words", "reason": off}
    if given.doubtful:
        unsure = "It could not be told with certainty which language is spoken, so nothing was transcribed: analysed without words."
        return {"feature": "words", "reason": f"{unsure} Say the language on the interaction's page, and it is transcribed."}
    installed = engines.recognizer.installed()
    if language == UNKNOWN:
        reason = "No transcript was delivered and no speech model for this language is installed: analysed without words."
        return {"feature": "words", "reason": reason, "remedy": "assay doctor" if installed else _SETUP}
    named = f"{NAMES.get(language, 'the language')} ({language})"
    if language not in LANGUAGES:
        return {"feature": "words", "reason": f"This conversation is in {named}, which Assay does not transcribe: analysed without words."}
    return {
        "feature": "words",
        "reason": f"No transcript was delivered and no speech model for {named} is installed: analysed without words.",
        "remedy": f"assay models pull --language {language}" if installed else _SETUP,
    }
