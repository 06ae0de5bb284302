"""Topics for those who decide on them: all of them, their changes, and a trial before a change."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import Annotated

import strawberry

from backend.analysis.language.shipped import default_topics
from backend.authz.actions import AccountAction
from backend.errors import InvalidInput as Invalid
from backend.errors import NotFound as Missing
from backend.graphql.context import Context, Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.settings.rules import LANGUAGES
from backend.topics import changing, repository, sample, tables
from backend.topics.guiding import ENGLISH, LEAST_SENTENCES, MEASURED, MOST, MOST_SENTENCES, Guiding, checked_sentences
from backend.topics.preview import Draft, preview, require_varied
from backend.topics.preview_types import TopicPreview
from backend.topics.showing import shown
from backend.topics.translation import installed
from backend.topics.types import TopicDefinition, TopicDefinitions, TopicLanguage


@strawberry.input
class GuidingSentenceInput:
    text: str
    language: str | None = strawberry.field(default=strawberry.UNSET, description="A primary subtag; found out where it is left out.")
    english: str | None = strawberry.field(default=strawberry.UNSET, description="One's own translation, in place of a model's.")

    def value(self) -> Guiding:
        return Guiding(self.text, self.language or None, self.english or None)


@strawberry.input
class CreateTopicInput:
    name: str
    sentences: list[GuidingSentenceInput]


@strawberry.input
class UpdateTopicInput:
    id: strawberry.ID
    version: int = strawberry.field(description="That of the topic that was looked at.")
    name: str
    sentences: list[GuidingSentenceInput] = strawberry.field(description="All that there will be; those that stay keep their translations.")


@strawberry.input
class TopicPreviewInput:
    topic_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="The saved topic that it would replace.")
    sentences: list[GuidingSentenceInput]
    conversations: int = strawberry.field(default=sample.USUAL, description="How many of the newest: 10 to 100.")


@strawberry.type
class CreateTopicPayload:
    topic: TopicDefinition


@strawberry.type
class UpdateTopicPayload:
    topic: TopicDefinition


@strawberry.type
class SwitchTopicPayload:
    topic: TopicDefinition


@strawberry.type
class DeleteTopicPayload:
    id: strawberry.ID


CreateTopicResult = Annotated[CreateTopicPayload | InvalidInput | NotPermitted | Conflict, strawberry.union("CreateTopicResult")]
UpdateTopicResult = Annotated[UpdateTopicPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("UpdateTopicResult")]
SwitchTopicResult = Annotated[SwitchTopicPayload | NotFound | NotPermitted, strawberry.union("SwitchTopicResult")]
DeleteTopicResult = Annotated[DeleteTopicPayload | NotFound | NotPermitted | Conflict, strawberry.union("DeleteTopicResult")]


@strawberry.type
class TopicQuery:
    @strawberry.field(description="Needs account.definitions.")
    async def topic_definitions(self, info: Info) -> TopicDefinitions:
        context = info.context
        context.viewer.require_account(AccountAction.DEFINITIONS_EDIT)
        translated = await asyncio.to_thread(installed, context.services.config.models_folder)
        return TopicDefinitions(
            topics=await _definitions(context),
            languages=[
                TopicLanguage(code=code, name=name, translated=code == ENGLISH or code in translated) for code, name in LANGUAGES.items()
            ],
            most_topics=MOST, least_sentences=LEAST_SENTENCES, most_sentences=MOST_SENTENCES, measured_sentences=list(MEASURED),
        )  # fmt: skip

    @strawberry.field(
        description="Tries guiding sentences on the newest conversations before they are saved. Answers within seconds, with what has "
        "been tried until then. Needs account.definitions; shows the conversations that the viewer may see, and counts alone where none."
    )
    async def topic_preview(self, info: Info, input: TopicPreviewInput) -> TopicPreview:
        info.context.viewer.require_account(AccountAction.DEFINITIONS_EDIT)
        number = None
        if input.topic_id:
            number = _number(input.topic_id)
        if not sample.LEAST <= input.conversations <= sample.MOST:
            message = f"Choose between {sample.LEAST} and {sample.MOST} conversations."
            raise Invalid(message, pointer="/input/conversations", value=input.conversations)
        if len(input.sentences) > MOST_SENTENCES:
            raise Invalid(f"A topic has at most {MOST_SENTENCES} guiding sentences.", pointer="/input/sentences")
        draft = Draft(number, [each.value() for each in input.sentences])
        return await shown(info.context, await preview(info.context, draft, input.conversations))


@strawberry.type
class TopicMutation:
    @strawberry.mutation(extensions=[Mutates(AccountAction.DEFINITIONS_EDIT)], description="A topic of the account's own; at most ten.")
    async def create_topic(self, info: Info, input: CreateTopicInput) -> CreateTopicResult:
        guiding = await _guiding(input.sentences)
        async with info.context.write() as session:
            row = await changing.create(session, info.context.viewer, name=input.name, sentences=guiding)
        return CreateTopicPayload(topic=await _definition(info.context, row.id))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.DEFINITIONS_EDIT)],
        description="Name and sentences of a topic of the account's own. A stale version is a Conflict, and so is a default topic.",
    )
    async def update_topic(self, info: Info, input: UpdateTopicInput) -> UpdateTopicResult:
        number, guiding = _number(input.id), await _guiding(input.sentences)
        async with info.context.write() as session:
            await changing.update(
                session, info.context.viewer, number, version=input.version, name=input.name, sentences=guiding
            )  # fmt: skip
        return UpdateTopicPayload(topic=await _definition(info.context, number))

    @strawberry.mutation(extensions=[Mutates(AccountAction.DEFINITIONS_EDIT)], description="Whether analyses look for a topic.")
    async def switch_topic(self, info: Info, id: strawberry.ID, on: bool) -> SwitchTopicResult:
        number = _number(id)
        async with info.context.write() as session:
            await changing.switch(session, info.context.viewer, number, on=on)
        return SwitchTopicPayload(topic=await _definition(info.context, number))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.DEFINITIONS_EDIT)],
        description="Deletes a topic of the account's own, and takes it off the interactions that have it.",
    )
    async def delete_topic(self, info: Info, id: strawberry.ID) -> DeleteTopicResult:
        async with info.context.write() as session:
            await changing.delete(session, info.context.viewer, _number(id))
        return DeleteTopicPayload(id=id)


def _number(id: str) -> int:
    number = local_id("Topic", id)
    if number is None:
        raise Missing("There is no such topic.")
    return number


async def _guiding(given: list[GuidingSentenceInput]) -> list[Guiding]:
    """What was given, once it is sure that it varies enough. Errors that can be told without models come first."""
    guiding = [each.value() for each in given]
    checked_sentences(guiding)
    await asyncio.to_thread(require_varied, guiding)
    return guiding


async def _definition(context: Context, number: int) -> TopicDefinition:
    return next(each for each in await _definitions(context) if each.row.id == number)


async def _definitions(context: Context) -> list[TopicDefinition]:
    account_id = context.viewer.account_id
    translated = await asyncio.to_thread(installed, context.services.config.models_folder)
    async with context.read() as session:
        rows = await repository.topics(session, account_id)
        written: dict[int, list[tables.TopicSentence]] = defaultdict(list)
        for each in await repository.sentences(session, account_id):
            written[each.topic_id].append(each)
    ordered = sorted(rows, key=lambda row: (row.custom, row.id))
    return [TopicDefinition.from_row(row, written[row.id] if row.custom else _delivered(row), translated) for row in ordered]


def _delivered(row: tables.Topic) -> list[tables.TopicSentence]:
    return [
        tables.TopicSentence(account_id=row.account_id, topic_id=row.id, text=text) for text in default_topics().get(row.name, ())
    ]  # fmt: skip
