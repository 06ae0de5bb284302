"""Phrases found in postings are those that a reading of the segments finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backend.search.rules import Spoken, holding_all, parse, phrase_starts, postings_of, replace, words

EMPTY = np.empty(0, np.uint32)
vocabulary = st.sampled_from(["a", "b", "c"])
segments = st.lists(st.tuples(st.sampled_from(["agent", "consumer"]), st.integers(0, 3_000), st.lists(vocabulary, max_size=6)), max_size=6)


def spoken(rows):
    found, at = [], 0
    for role, pause, text in rows:
        found.append(Spoken(role, at + pause, at + pause + 500, " ".join(text)))
        at += pause + 500
    return found


def utterances(found):
    """Runs of one role without a long pause: a naive second reading."""
    runs = []
    for before, segment in zip([None, *found], found, strict=False):
        if before is not None and before.role == segment.role and segment.start_ms - before.end_ms <= 1_000:
            runs[-1] += segment.text.split()
        else:
            runs.append(segment.text.split())
    return runs


@given(st.lists(segments, min_size=1, max_size=4), st.lists(vocabulary, min_size=1, max_size=3))
def test_a_phrase_is_found_where_it_is_said_and_nowhere_else(documents, phrase):
    blocks = dict.fromkeys(phrase, EMPTY)
    for number, rows in enumerate(documents):
        for word, fresh in postings_of(spoken(rows), number).items():
            if word in blocks:
                blocks[word] = replace(blocks[word], number, fresh)
    expected = {
        number
        for number, rows in enumerate(documents)
        if any(run[at : at + len(phrase)] == phrase for run in utterances(spoken(rows)) for at in range(len(run)))
    }
    assert holding_all([phrase_starts([blocks[word] for word in phrase])]) == expected


def test_replacing_a_document_leaves_the_others():
    first, second = (postings_of([Spoken("agent", 0, 1, "hello hello")], number)["hello"] for number in (0, 1))
    block = replace(replace(EMPTY, 0, first), 1, second)
    assert holding_all([replace(block, 0, EMPTY)]) == {1}
    assert list(replace(block, 1, second)) == list(block)


def test_words_are_normal_forms():
    assert words("Don’t PANIC, state-of-the-art! ﬁne 5G") == ["don't", "panic", "state", "of", "the", "art", "fine", "5g"]
    assert words("退款，谢谢") == ["退", "款", "谢", "谢"]
    assert words("…—!") == []


def test_a_query_is_words_and_quoted_phrases():
    assert parse('refund "my last bill" state-of-the-art') == [["refund"], ["my", "last", "bill"], ["state", "of", "the", "art"]]
    assert parse('"unclosed phrase') == [["unclosed", "phrase"]]
    assert parse(' "" ! ') == []
