"""Phrases in thousands of sealed conversations: the index against opening every transcript."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import Any

import numpy as np
from sqlalchemy import insert, select
from sqlmodel import col

from backend.analyses.tables import Transcript
from backend.clock import utc_now
from backend.db.sealed import Sealer, Sealers
from backend.interactions.tables import Interaction
from backend.search import rules, service
from backend.search.tables import SearchDocument, SearchPosting, SearchTerm
from bench.database import Ground
from bench.generate import Language, conversation, language
from bench.measure import Figure, compare_async, cost, same

DOCUMENTS, WORDS = 2_000, 200
QUERIES = 10

Document = dict[str, Any]


async def figures(ground: Ground) -> list[Figure]:
    dice = Random(3)
    spoken = language(dice)
    async with ground.database.reading(ground.world.id) as session:
        sealer = await Sealers(ground.keys).of(session, ground.world.id)
    await _load(ground, sealer, spoken, dice)
    phrases = [phrase for phrase in spoken.phrases if " " in phrase][:QUERIES]
    common = " ".join(spoken.words[:2])
    return [
        await _figure(ground, sealer, f"{QUERIES} phrases in {DOCUMENTS} conversations of {WORDS} words", phrases),
        await _figure(ground, sealer, "one phrase", phrases[:1]),
        await _figure(ground, sealer, "one phrase of the two commonest words", [common]),
    ]


async def _figure(ground: Ground, sealer: Sealer, what: str, phrases: list[str]) -> Figure:
    async def search() -> list[list[int]]:
        async with ground.database.reading(ground.world.id) as session:
            return [sorted(await service.matching(session, sealer, f'"{phrase}"')) for phrase in phrases]

    async def scan() -> list[list[int]]:
        return await _scan(ground, sealer, phrases)

    same(what, await search(), await scan())
    seconds = await compare_async(search, scan, meter=ground.meter, repeat=2)
    return cost(what, "opening and scanning every transcript", seconds)


async def _scan(ground: Ground, sealer: Sealer, phrases: list[str]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in phrases]
    query = select(col(Transcript.id), col(Transcript.interaction_id), col(Transcript.body))
    async with ground.database.reading(ground.world.id) as session:
        rows = (await session.execute(query.where(col(Transcript.account_id) == ground.world.id))).all()
    for number, interaction, body in rows:
        document = sealer.open_json(body, table="transcript", column="body", row=number)
        texts = [f" {segment['text']} " for segment in document["segments"]]
        for phrase, hits in zip(phrases, found, strict=True):
            if any(f" {phrase} " in text for text in texts):
                hits.append(interaction)
    return [sorted(hits) for hits in found]


async def _load(ground: Ground, sealer: Sealer, spoken: Language, dice: Random) -> None:
    """Writes transcripts and index at once, as indexing one by one would leave them."""
    account = ground.world.id
    async with ground.database.reading(account) as session:
        query = select(col(Interaction.id), col(Interaction.day)).where(col(Interaction.account_id) == account).limit(DOCUMENTS)
        rows = (await session.execute(query)).all()
    made = [conversation(spoken, WORDS, dice) for _ in rows]
    terms, blocks = _postings(made)
    transcripts = [_transcript(sealer, number, row.id, each) for number, (row, each) in enumerate(zip(rows, made, strict=True), start=1)]
    documents = [{"account_id": account, "ordinal": number, "interaction_id": row.id, "day": row.day} for number, row in enumerate(rows)]
    words = [{"account_id": account, "id": number, "digest": sealer.digest(word), "sealed": b""} for word, number in terms.items()]
    postings = [service._row(sealer, term, block, data) for (term, block), data in blocks.items()]
    async with ground.database.writing(account) as writer:
        for table, values in ((Transcript, transcripts), (SearchDocument, documents), (SearchTerm, words), (SearchPosting, postings)):
            await writer.execute(insert(table), values)


def _postings(made: list[Document]) -> tuple[dict[str, int], dict[tuple[int, int], rules.Postings]]:
    """Numbers of the words, and the postings of each in each block."""
    terms: dict[str, int] = {}
    pieces: dict[tuple[int, int], list[rules.Postings]] = defaultdict(list)
    for ordinal, document in enumerate(made):
        block, number = divmod(ordinal, rules.BLOCK)
        for word, postings in rules.postings_of(service.spoken(document), number).items():
            pieces[terms.setdefault(word, len(terms) + 1), block].append(postings)
    return terms, {place: np.concatenate(each) for place, each in pieces.items()}


def _transcript(sealer: Sealer, number: int, interaction: int, document: Document) -> dict[str, Any]:
    body = sealer.seal_json(document, table="transcript", column="body", row=number)
    return {
        "account_id": sealer.account_id, "id": number, "interaction_id": interaction, "source": "recognised", "engine": "generated",
        "engine_version": "1", "language": "en", "body": body, "created_at": utc_now(),
    }  # fmt: skip
