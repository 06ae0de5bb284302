"""Topics as clients see them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node, noun
from backend.topics import loaders, tables
from backend.topics.translation import TranslationState, remedy, state_of

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.type
class Topic(Node):
    id: strawberry.ID
    name: str
    custom: bool

    @classmethod
    def from_row(cls, row: tables.Topic) -> Topic:
        return cls(id=global_id("Topic", row.id), name=row.name, custom=row.custom)


@strawberry.enum
class TopicTranslation(Enum):
    NOT_NEEDED = "not_needed"
    WAITING = "waiting"
    NO_MODEL = "no_model"
    BY_MODEL = "by_model"
    BY_PERSON = "by_person"


@strawberry.type
class TopicSentence:
    text: str
    language: str = strawberry.field(description="A primary subtag.")
    english: str | None = strawberry.field(description="What analyses read where the sentence is not English; null until there is one.")
    translation: TopicTranslation
    translated_by: str | None = strawberry.field(description="The model, where one did it.")
    remedy: str | None = strawberry.field(description="What to do where no model for its language is installed.")

    @classmethod
    def of(cls, row: tables.TopicSentence, languages: frozenset[str]) -> TopicSentence:
        state = state_of(row, languages)
        model = row.translated_by if state is TranslationState.BY_MODEL else None
        return cls(
            text=row.text, language=row.language, english=row.english, translation=TopicTranslation(state.value), translated_by=model,
            remedy=remedy(row.language) if state is TranslationState.NO_MODEL else None,
        )  # fmt: skip


@strawberry.type(description="Conversations whose current analysis looked for the topic as it is now, by day of the conversation.")
class TopicApplied:
    conversations: int
    of: int
    first_day: date | None
    last_day: date | None


@strawberry.type(description="A topic as whoever decides on topics sees it.")
class TopicDefinition:
    row: strawberry.Private[tables.Topic]
    written: strawberry.Private[list[tables.TopicSentence]]
    languages: strawberry.Private[frozenset[str]]
    id: strawberry.ID = strawberry.field(description="That of the Topic.")
    name: str
    custom: bool = strawberry.field(description="False: one of the seven default ones, which can be switched off.")
    active: bool = strawberry.field(description="Analyses look for it.")
    version: int = strawberry.field(description="Goes with a change: it is refused where somebody else was quicker.")
    changed_at: datetime
    in_force_at: datetime = strawberry.field(description="Since when analyses look for it as it is now.")

    @strawberry.field(description="Null where it was the program.")
    async def changed_by(self, info: Info) -> Annotated[User, strawberry.lazy("backend.api.types")] | None:
        number = self.row.changed_by
        found: User | None = await noun(info, "User").load(info, number) if number else None
        return found

    @strawberry.field
    def sentences(self) -> list[TopicSentence]:
        return [TopicSentence.of(row, self.languages) for row in self.written]

    @strawberry.field(description="Interactions of the account whose current analysis has it.")
    async def interactions(self, info: Info) -> int:
        return (await info.context.load(loaders.found_in, self.row.account_id)).get(self.row.id, 0)

    @strawberry.field
    async def applied(self, info: Info) -> TopicApplied:
        found = await info.context.load(loaders.applied, self.row.in_force_at)
        return TopicApplied(conversations=found.conversations, of=found.of, first_day=found.first_day, last_day=found.last_day)

    @classmethod
    def from_row(cls, row: tables.Topic, written: list[tables.TopicSentence], languages: frozenset[str]) -> TopicDefinition:
        names = ("name", "custom", "active", "version", "changed_at", "in_force_at")
        shared = {name: getattr(row, name) for name in names}
        return cls(row=row, written=written, languages=languages, id=global_id("Topic", row.id), **shared)


@strawberry.type
class TopicLanguage:
    code: str
    name: str
    translated: bool = strawberry.field(description="English itself, or a model that translates it is installed.")


@strawberry.type(description="All topics of the account, and within which bounds more can be made.")
class TopicDefinitions:
    topics: list[TopicDefinition] = strawberry.field(description="The default ones, then the account's own in the order they were made.")
    languages: list[TopicLanguage]
    most_topics: int = strawberry.field(description="Of the account's own.")
    least_sentences: int
    most_sentences: int
    measured_sentences: list[int] = strawberry.field(description="Numbers of guiding sentences with which recognition was measured.")
