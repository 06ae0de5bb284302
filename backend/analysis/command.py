"""`assay analyze` without the terminal: documents in, lines out."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backend.analysis.analyze import analyze
from backend.analysis.faults import DocumentError, TranscriptError
from backend.analysis.reading import read_transcript
from backend.analysis.types import Embed, Part, Settings, Translate

if TYPE_CHECKING:
    from backend.analysis.language.ports import Replacements

LoadEmbed = Callable[[], Embed | None]


@dataclass(frozen=True, slots=True)
class Models:
    """What the language parts need, asked for once they are: the encoder, and by language the installation's own models."""

    embed: LoadEmbed
    translation: Callable[[str], Translate | None] = lambda language: None
    instead: Callable[[str], Replacements | None] = lambda language: None


def parse_json(text: bytes, fault: type[DocumentError] = TranscriptError) -> Any:
    """Strict JSON. Raises `fault` at the root where it is none; NaN and Infinity are none."""
    try:
        return json.loads(text.removeprefix(BOM_UTF8), parse_constant=_no_constant)
    except RecursionError as error:
        raise fault("", "is nested too deeply") from error
    except ValueError as error:
        raise fault("", f"is not JSON: {error}") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def analysis_line(text: bytes, settings: Settings, models: Models, only: Part | None) -> str:
    """The analysis of one transcript as a line of JSON. Raises TranscriptError."""
    transcript = read_transcript(parse_json(text))
    wants_language = only in (None, "language")
    if wants_language:
        document = analyze(
            transcript, settings, embed=models.embed(), translate=models.translation(transcript.language),
            instead=models.instead(transcript.language), only=only,
        )  # fmt: skip
    else:
        document = analyze(transcript, settings, only=only)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def analyze_lines(lines: Iterable[bytes], settings: Settings, models: Models, only: Part | None) -> Iterator[tuple[str, bool]]:
    """For each line that is not blank its answer and whether it was well; a faulty one says where its fault is, and the rest still run."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield analysis_line(line, settings, models, only), True
        except DocumentError as error:
            yield json.dumps({"error": {"line": number, **error.as_document()}}, ensure_ascii=False), False
