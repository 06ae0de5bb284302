"""Transcripts as clients see them: columns, not thousands of objects."""

from __future__ import annotations

import strawberry

from backend.analyses.columns import turns, words
from backend.analyses.loaders import Opened
from backend.graphql.scalars import Milliseconds
from backend.media.types import SpeakerRole


@strawberry.type
class SegmentColumns:
    speakers: list[str]
    roles: list[SpeakerRole]
    starts_ms: list[Milliseconds]
    ends_ms: list[Milliseconds]
    texts: list[str | None]


@strawberry.type
class WordColumns:
    word_from: list[int] = strawberry.field(description="One more entry than there are segments; all equal where the words have no times.")
    starts_ms: list[Milliseconds]
    ends_ms: list[Milliseconds]
    char_starts: list[int] = strawberry.field(description="Code-point bounds of the word in its segment's text.")
    char_ends: list[int]
    confidences: list[float | None] = strawberry.field(description="0…1, or null where the engine gives none.")


@strawberry.type
class Turn:
    role: SpeakerRole
    start_ms: Milliseconds
    end_ms: Milliseconds
    segments: list[int]
    backchannel: bool


@strawberry.type(description="The transcript in English. Its topics were found in it; the original stays what was said.")
class Translation:
    engine: str = strawberry.field(description="The model with its version.")
    language: str = strawberry.field(description="The language that it is translated from.")
    texts: list[str | None] = strawberry.field(description="One entry a segment; null where the words are unknown.")


@strawberry.type
class Transcript:
    opened: strawberry.Private[Opened]
    language: str
    engine: str
    engine_version: str
    source: str = strawberry.field(description="`delivered`, `recognised` or `activity`")

    def _roles(self) -> dict[str, str]:
        return {speaker["id"]: speaker["role"] for speaker in self.opened.transcript["speakers"]}

    @strawberry.field(description="Columns, one entry a segment, in order of start. `texts` holds null where the words are unknown.")
    def segments(self) -> SegmentColumns:
        segments, roles = self.opened.transcript["segments"], self._roles()
        return SegmentColumns(
            speakers=[segment["speaker"] for segment in segments],
            roles=[SpeakerRole(roles[segment["speaker"]]) for segment in segments],
            starts_ms=[segment["start_ms"] for segment in segments],
            ends_ms=[segment["end_ms"] for segment in segments],
            texts=[segment.get("text") for segment in segments],
        )

    @strawberry.field(description="Columns, one entry a word, grouped by segment: segment i owns words wordFrom[i] … wordFrom[i+1] − 1.")
    def words(self) -> WordColumns:
        columns = words(self.opened.transcript["segments"])
        return WordColumns(
            word_from=columns.first,
            starts_ms=[Milliseconds(ms) for ms in columns.starts],
            ends_ms=[Milliseconds(ms) for ms in columns.ends],
            char_starts=columns.char_starts,
            char_ends=columns.char_ends,
            confidences=columns.confidences,
        )

    @strawberry.field(description="Null where it is English, where no engine translates its language, and for whoever may not read it.")
    def translation(self) -> Translation | None:
        found = self.opened.translation
        return Translation(engine=found.engine, language=found.language, texts=found.texts()) if found else None

    @strawberry.field(description="Segments of one turn stand together; backchannels stand alone.")
    def turns(self) -> list[Turn]:
        found = turns(self.opened.transcript["segments"], self._roles(), self.opened.analysis)
        return [Turn(**{**turn, "role": SpeakerRole(turn["role"])}) for turn in found]

    @classmethod
    def of(cls, opened: Opened) -> Transcript:
        row = opened.transcript_row
        return cls(opened=opened, language=row.language, engine=row.engine, engine_version=row.engine_version, source=row.source)
