"""
Positional postings as arrays of numbers. Pure.

A posting is a u32: document in block (14 bits), position (17 bits), role (1 bit: 1 for the consumer). Within an array they are sorted
and unique. The role lies lowest, so the next word of the same speaker is `+ 2`; positions jump between utterances, so a phrase
never crosses from one to the next.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from backend.analysis.normal import tokenize

Postings = NDArray[np.uint32]

BLOCK = 1_024
"""Documents a block. A new document rewrites its block of each of its terms, so blocks are small; 14 bits leave room to merge them."""
POSITIONS = 1 << 17
"""A conversation's words beyond this are not found: more than twelve hours of speech."""
_GAP = 16
_PAUSE_MS = 1_000
_PHRASE = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one segment contributes to the index."""

    role: str
    start_ms: int
    end_ms: int
    text: str


def words(text: str) -> list[str]:
    """The text's tokens, as indicators are matched on them."""
    return [token.text for token in tokenize(text)]


def parse(query: str) -> list[list[str]]:
    """
    Phrases that all must occur. What stands in quotation marks is one phrase; so is what breaks into several words without a
    space between them (`state-of-the-art`, Chinese text).
    """
    phrases = (words(quoted or bare) for quoted, bare in _PHRASE.findall(query))
    return [phrase for phrase in phrases if phrase]


def postings_of(segments: Sequence[Spoken], document: int) -> dict[str, Postings]:
    """Term to its postings in document number `document` of its block."""
    found: dict[str, list[int]] = defaultdict(list)
    position = 0
    for before, segment in pairwise([None, *segments]):
        if before is not None and (before.role != segment.role or segment.start_ms - before.end_ms > _PAUSE_MS):  # type: ignore[union-attr]
            position += _GAP
        for word in words(segment.text):  # type: ignore[union-attr]
            if position >= POSITIONS:
                break
            found[word].append(document << 18 | position << 1 | (segment.role == "consumer"))  # type: ignore[union-attr]
            position += 1
    return {word: np.array(sorted(each), np.uint32) for word, each in found.items()}


def replace(block: Postings, document: int, fresh: Postings) -> Postings:
    """The block with the document's postings exchanged for `fresh`."""
    low, high = np.searchsorted(block, [document << 18, (document + 1) << 18])
    return np.concatenate([block[:low], fresh, block[high:]]).astype(np.uint32)


def phrase_starts(blocks: Sequence[Postings]) -> Postings:
    """Where the phrase begins, from its words' postings in one block, in order. Empty where a word is missing."""
    if not blocks or any(block.size == 0 for block in blocks):
        return np.empty(0, np.uint32)
    rarest = min(range(len(blocks)), key=lambda index: blocks[index].size)
    starts = blocks[rarest].astype(np.int64) - 2 * rarest
    for index, block in enumerate(blocks):
        wanted = starts + 2 * index
        places = np.searchsorted(block, wanted)
        there = places < block.size
        there[there] &= block[places[there]] == wanted[there]
        # A word before the document's first would be one of the document before it.
        starts = starts[there & (wanted >> 18 == (starts + 2 * rarest) >> 18)]
    return starts.astype(np.uint32)


def documents(starts: Postings) -> set[int]:
    """The documents, by number in the block, of sorted postings."""
    return {int(number) for number in np.unique(starts >> 18)}


def holding_all(phrases: Iterable[Postings]) -> set[int]:
    """Documents that hold every phrase."""
    sets = [documents(starts) for starts in phrases]
    return set.intersection(*sets) if sets else set()
