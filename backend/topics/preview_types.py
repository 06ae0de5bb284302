"""A trial of guiding sentences as clients see it. Words of a conversation are for those who may read it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.graphql.context import Info
from backend.graphql.nouns import noun
from backend.graphql.scalars import Milliseconds
from backend.interactions import tables as interactions
from backend.media.types import SpeakerRole

if TYPE_CHECKING:
    from backend.api.types import Interaction


@strawberry.enum
class TopicPassageChange(Enum):
    ADDED = "added"
    REMOVED = "removed"
    KEPT = "kept"


@strawberry.enum
class SentenceRemarkKind(Enum):
    UNUSABLE = "unusable"
    REPEATED = "repeated"
    ALIKE = "alike"
    NEAR_OTHER_TOPIC = "near_other_topic"
    UNTRANSLATED = "untranslated"


@strawberry.type
class TopicPreviewPassage:
    row: strawberry.Private[interactions.Interaction]
    segment: int
    start_ms: Milliseconds
    end_ms: Milliseconds
    role: SpeakerRole
    text: str | None = strawberry.field(description="Null for whoever may not read the conversation.")
    english: str | None = strawberry.field(description="What the sentence that lies nearest says, where it was found in a translation.")
    highlight_start: int = strawberry.field(description="Characters of `text` before the sentence that lies nearest.")
    highlight_end: int
    score: float | None = strawberry.field(description="Null where the draft does not find it.")
    sentence: int = strawberry.field(description="The place of the guiding sentence that it lies nearest to.")
    nearness: float = strawberry.field(description="Cosine to that guiding sentence.")
    change: TopicPassageChange | None = strawberry.field(description="Against the topic as it is saved; null where it is new.")
    also: list[str] = strawberry.field(description="Other topics that find it too.")

    @strawberry.field
    def interaction(self, info: Info) -> Annotated[Interaction, strawberry.lazy("backend.api.types")]:
        found: Interaction = noun(info, "Interaction").from_row(self.row)
        return found


@strawberry.type
class CompetingTopic:
    topic_id: strawberry.ID | None
    name: str
    passages: int = strawberry.field(description="Passages of the draft that it finds too.")
    sentences: list[int] = strawberry.field(description="Places of the guiding sentences that lie near one of its own.")


@strawberry.type
class SentenceRemark:
    sentence: int = strawberry.field(description="Its place among those given.")
    kind: SentenceRemarkKind
    message: str


@strawberry.type(description="What guiding sentences find in the newest conversations that the viewer may see, in English or translated.")
class TopicPreview:
    conversations: int = strawberry.field(description="Tried so far.")
    of: int = strawberry.field(description="To be tried.")
    complete: bool = strawberry.field(description="False: ask again, with the same input, for the rest.")
    other_languages: int = strawberry.field(
        description="Conversations of the same days in other languages, without a translation: not tried."
    )
    caution: str | None = strawberry.field(description="Why analyses may find other passages than this trial.")
    usable_sentences: int = strawberry.field(description="Guiding sentences that can be compared.")
    withheld: str | None = strawberry.field(description="What is not told, and why, where it is the viewer's permissions.")
    matching: int | None = strawberry.field(description="Conversations with a passage; null where too few sentences are usable.")
    matching_before: int | None = strawberry.field(description="The same for the topic as it is saved; null where it is new.")
    gained: int | None = strawberry.field(description="Conversations that it would be found in, and is not as saved.")
    lost: int | None
    passages: int = strawberry.field(description="Found in all.")
    found: list[TopicPreviewPassage] = strawberry.field(description="Of at most 20 conversations, the clearest first; removed ones too.")
    missed: list[TopicPreviewPassage] = strawberry.field(description="The nearest that are not found.")
    competing: list[CompetingTopic]
    remarks: list[SentenceRemark]
