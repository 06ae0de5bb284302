"""What the analysis of an interaction is given, and the call itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.analyses import service as analyses
from backend.analyses.rules import Names, without_words
from backend.analysis.analyze import analyze
from backend.analysis.reading import read_transcript
from backend.analysis.tokens import base_language
from backend.analysis.types import Settings, Translate
from backend.db.sealed import Sealer
from backend.db.session import ReadSession
from backend.indicators import service as indicators
from backend.interactions import repository
from backend.settings.rules import NO_ENGINE
from backend.settings.service import require_analysis
from backend.settings.tables import AccountSettings
from backend.topics import service as topics
from workers.deps import Engines
from workers.language.base import Translator
from workers.wording import UNKNOWN, with_roles

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """
    `renewed`: the speakers' roles have changed since this transcript was kept, so it becomes a new version. `recognising`: the account
    wants speech recognised.
    """

    transcript_id: int
    transcript: Document
    source: str
    renewed: bool
    recognising: bool
    settings: Settings
    names: Names


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
    return Given(row.id, document, row.source, document != kept, recognising, _settings(thresholds, called, themes), names)


def _settings(thresholds: AccountSettings, called: indicators.IndicatorSet, themes: topics.TopicSet) -> Settings:
    return Settings(
        silence_ms=thresholds.silence_ms if thresholds.silence_on else None,
        crosstalk_ms=thresholds.crosstalk_ms if thresholds.crosstalk_on else None,
        categories=called.categories,
        topics=themes.own,
        topics_off=themes.off,
    )


def run(given: Given, engines: Engines, progress: Callable[[float], None]) -> Document:
    """The analysis document. Takes time: call it in a thread."""
    wordless = without_words(given.transcript)
    embed = None if wordless else engines.embed()
    transcript = read_transcript(given.transcript)
    translate = None if wordless else _translation(engines, transcript.language)
    document = analyze(transcript, given.settings, embed=embed, translate=translate, progress=lambda step, share: progress(share))
    if wordless and given.source == "activity":
        document["skipped"].insert(0, _no_words(given, engines))
    return document


class _Translation:
    """A translator for one language, as the analysis calls it: one large model at a time."""

    def __init__(self, engines: Engines, translator: Translator, language: str) -> None:
        self._engines, self._translator, self._language = engines, translator, language
        self.name = translator.name(language)

    def __call__(self, texts: Sequence[str]) -> Sequence[str]:
        with self._engines.turn:
            return self._translator.translate(texts, self._language)


def _translation(engines: Engines, language: str) -> Translate | None:
    base, translator = base_language(language), engines.translator
    return _Translation(engines, translator, base) if translator and base in translator.languages() else None


def _no_words(given: Given, engines: Engines) -> Document:
    """Why the words are unknown, and the command that helps."""
    language = given.transcript["language"]
    if not given.recognising:
        off = "No transcript was delivered and the recognition of speech is switched off under Settings: analysed without words."
        return {"feature": "words", "reason": off}
    named = "this language" if language == UNKNOWN else f"the language {language}"
    return {
        "feature": "words",
        "reason": f"No transcript was delivered and no speech model for {named} is installed: analysed without words.",
        "remedy": "assay doctor" if engines.recognizer.installed() else "make setup SPEECH=1",
    }
