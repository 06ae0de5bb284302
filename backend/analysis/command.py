"""`assay analyze` without the terminal: documents in, lines out."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from backend.analysis.analyze import analyze
from backend.analysis.faults import DocumentError, TranscriptError
from backend.analysis.reading import read_transcript
from backend.analysis.types import Embed, Part, Settings

LoadEmbed = Callable[[], Embed | None]


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


def analysis_line(text: bytes, settings: Settings, embed: LoadEmbed, only: Part | None) -> str:
    """The analysis of one transcript as a line of JSON. Raises TranscriptError."""
    transcript = read_transcript(parse_json(text))
    wants_language = only in (None, "language")
    document = analyze(transcript, settings, embed=embed() if wants_language else None, only=only)
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def analyze_lines(lines: Iterable[bytes], settings: Settings, embed: LoadEmbed, only: Part | None) -> Iterator[tuple[str, bool]]:
    """For each line that is not blank its answer and whether it was well; a faulty one says where its fault is, and the rest still run."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield analysis_line(line, settings, embed, only), True
        except DocumentError as error:
            yield json.dumps({"error": {"line": number, **error.as_document()}}, ensure_ascii=False), False
