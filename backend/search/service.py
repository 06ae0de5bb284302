"""Words and phrases in all conversations of an account, found without opening one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db.sealed import Sealer
from backend.db.session import Session
from backend.search import repository
from backend.search.rules import BLOCK, Postings, Spoken, holding_all, parse, phrase_starts, postings_of, replace, words
from backend.search.tables import SearchDocument, SearchPosting, SearchTerm

_PLACE: dict[str, str] = {"table": "search_posting", "column": "data"}
_NOTHING: Postings = np.empty(0, np.uint32)


def spoken(transcript: dict[str, Any]) -> list[Spoken]:
    """The segments of a transcript document whose words are known."""
    roles = {speaker["id"]: speaker["role"] for speaker in transcript["speakers"]}
    return [
        Spoken(roles[each["speaker"]], each["start_ms"], each["end_ms"], each["text"])
        for each in transcript["segments"]
        if each["text"] is not None
    ]


async def index(
    session: Session, sealer: Sealer, *, interaction_id: int, day: date, transcript: dict[str, Any], before: Sequence[dict[str, Any]]
) -> None:  # fmt: skip
    """
    Puts the conversation into the index. `before` are its earlier transcripts, whose words leave it. Doing it again changes nothing.
    """
    await repository.write_lock(session)
    ordinal = await _ordinal(session, interaction_id, day)
    block, number = divmod(ordinal, BLOCK)
    fresh = postings_of(spoken(transcript), number)
    stale = {word for each in before for segment in spoken(each) for word in words(segment.text)} - fresh.keys()
    ids = await _term_ids(session, sealer, [*fresh, *stale])
    rows = await repository.postings(session, session.account_id, ids.values(), block)
    changed: list[dict[str, object]] = []
    empty: list[tuple[int, int]] = []
    for word, term in ids.items():
        old = _open(sealer, rows.get((term, block)))
        data = replace(old, number, fresh.get(word, _NOTHING))
        if data.size:
            changed.append(_row(sealer, term, block, data))
        else:
            empty.append((term, block))
    await repository.write_postings(session, changed)
    await repository.drop_postings(session, empty)


async def forget(session: Session, sealer: Sealer, *, interaction_id: int, transcripts: Sequence[dict[str, Any]]) -> None:
    """Takes the conversation out of the index, and with it the terms that no other holds. `transcripts` are all its versions."""
    await repository.write_lock(session)
    row = await repository.document(session, session.account_id, interaction_id)
    if row is None:
        return
    block, number = divmod(row.ordinal, BLOCK)
    digests = {sealer.digest(word) for each in transcripts for segment in spoken(each) for word in words(segment.text)}
    terms = (await repository.term_ids(session, session.account_id, digests)).values()
    left = {
        key: replace(_open(sealer, posting), number, _NOTHING)
        for key, posting in (await repository.postings(session, session.account_id, terms, block)).items()
    }
    await repository.write_postings(session, [_row(sealer, term, place, data) for (term, place), data in left.items() if data.size])
    await repository.drop_postings(session, [key for key, data in left.items() if not data.size])
    await repository.drop_document(session, interaction_id)
    await repository.drop_unused_terms(session, terms)


async def matching(session: AsyncSession, sealer: Sealer, text: str) -> list[int]:
    """Interactions whose words hold every word and every quoted phrase of `text`. Nothing to look for finds nothing."""
    phrases = parse(text)
    digests = {word: sealer.digest(word) for phrase in phrases for word in phrase}
    known = await repository.term_ids(session, sealer.account_id, digests.values())
    ids = {word: known[digest] for word, digest in digests.items() if digest in known}
    if not phrases or len(ids) < len(digests):
        return []
    rows = await repository.postings(session, sealer.account_id, ids.values())
    blocks = sorted(set.intersection(*({block for term, block in rows if term == number} for number in ids.values())))
    ordinals = [ordinal for block in blocks for ordinal in _in_block(sealer, rows, ids, phrases, block)]
    return await repository.interactions(session, sealer.account_id, ordinals)


def _in_block(
    sealer: Sealer, rows: dict[tuple[int, int], SearchPosting], ids: dict[str, int], phrases: Iterable[list[str]], block: int
) -> list[int]:  # fmt: skip
    opened = {word: _open(sealer, rows[number, block]) for word, number in ids.items()}
    starts = (phrase_starts([opened[word] for word in phrase]) for phrase in phrases)
    return [block * BLOCK + number for number in sorted(holding_all(starts))]


async def _ordinal(session: Session, interaction_id: int, day: date) -> int:
    row = await repository.document(session, session.account_id, interaction_id)
    if row is None:
        ordinal = await repository.next_ordinal(session, session.account_id)
        row = SearchDocument(account_id=session.account_id, ordinal=ordinal, interaction_id=interaction_id, day=day)
        session.add(row)
        await session.flush()
    return row.ordinal


async def _term_ids(session: Session, sealer: Sealer, terms: Sequence[str]) -> dict[str, int]:
    """Each term's number; new terms get one."""
    digests = {term: sealer.digest(term) for term in terms}
    known = await repository.term_ids(session, session.account_id, digests.values())
    fresh = [term for term, digest in digests.items() if digest not in known]
    numbers = dict(zip(fresh, await repository.new_term_ids(session, len(fresh)), strict=True)) if fresh else {}
    for term, number in numbers.items():
        sealed = sealer.seal(term.encode(), table="search_term", column="sealed", row=number)
        session.add(SearchTerm(account_id=session.account_id, id=number, digest=digests[term], sealed=sealed))
    await session.flush()
    return {term: numbers.get(term) or known[digest] for term, digest in digests.items()}


def _open(sealer: Sealer, row: SearchPosting | None) -> Postings:
    if row is None:
        return _NOTHING
    return np.frombuffer(sealer.open(row.data, row=_place(row.term_id, row.block), **_PLACE), "<u4").astype(np.uint32)


def _row(sealer: Sealer, term: int, block: int, data: Postings) -> dict[str, object]:
    sealed = sealer.seal(data.astype("<u4").tobytes(), row=_place(term, block), **_PLACE)
    return {"account_id": sealer.account_id, "term_id": term, "block": block, "count": int(data.size), "data": sealed}


def _place(term: int, block: int) -> int:
    """The number by which a block is bound to its place."""
    return term << 32 | block
