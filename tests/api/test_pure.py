"""The pure parts under the schema: ids, pages, cost, columns."""

from __future__ import annotations

import pytest
from graphql import parse
from hypothesis import given
from hypothesis import strategies as st

from backend.analyses.columns import place, turns, words
from backend.api.schema import schema
from backend.errors import InvalidInput
from backend.graphql.connection import Window, window
from backend.graphql.cost import cost
from backend.graphql.ids import global_id, local_id, local_ids, read_id
from backend.interactions.status import STATUSES, status_of
from tests.api.seed import ANALYSIS, TRANSCRIPT


@given(st.integers(1, 2**63 - 1), st.sampled_from(["Interaction", "Agent"]))
def test_an_id_reads_back(number: int, kind: str):
    assert read_id(global_id(kind, number)) == (kind, number)
    assert local_id("Team", global_id(kind, number)) is None


@given(st.text())
def test_whatever_else_is_no_id(value: str):
    found = read_id(value)
    assert found is None or 0 < found[1] < 2**63


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "1e3", "٣", ""])
def test_numbers_that_no_row_bears_are_no_ids(number: str):
    import base64

    assert read_id(base64.urlsafe_b64encode(f"Agent:{number}".encode()).decode()) is None


def test_a_filter_of_ids_that_are_none_finds_nothing():
    assert local_ids("Agent", None) is None
    assert local_ids("Agent", []) is None
    assert local_ids("Agent", ["nonsense", global_id("Agent", 4)]) == (0, 4)


def test_a_window_goes_one_way():
    assert window(None, None, None, None) == Window(50, None, False)
    assert window(10, "a", None, None) == Window(10, "a", False)
    assert window(None, None, 5, "b") == Window(5, "b", True)
    assert window(None, None, None, "b") == Window(50, "b", True)
    for wrong in ((1, None, 1, None), (None, "a", None, "b"), (-1, None, None, None), (201, None, None, None), (1, None, None, "b")):
        with pytest.raises(InvalidInput):
            window(*wrong)


@pytest.mark.parametrize(
    ("query", "variables", "objects"),
    [
        ("{ viewer { name } }", {}, 1),
        ("{ interactions(first: 3) { edges { node { id } } } }", {}, 3 * 3),
        ("query ($n: Int) { interactions(first: $n) { edges { node { agent { name } } } } }", {"n": 7}, 7 * 4),
        ("{ interactions { edges { node { speakers { id } } } } }", {}, 50 * (3 + 10)),
        (
            "{ interactions(first: 2) { edges { ...E } } } fragment E on InteractionEdge { node { ...N } } "
            "fragment N on Interaction { id }",
            {},
            6,
        ),
        ("{ node(id: 1) { ... on Interaction { media { url } } } }", {}, 2),
        ("mutation { signOut { ok } }", {}, 1),
    ],
)
def test_cost_is_length_times_children(query: str, variables: dict, objects: int):
    assert cost(schema._schema, parse(query), None, variables) == objects


def test_only_the_operation_that_runs_is_counted():
    document = parse("query A { viewer { name } } query B { interactions { edges { cursor } } }")
    assert cost(schema._schema, document, "A", {}) == 1


@given(st.lists(st.text(alphabet="abÄß é😀", min_size=1).map(str.strip).filter(bool), max_size=12))
def test_words_stand_where_the_text_has_them(spoken: list[str]):
    text = " ".join(spoken)
    timed = [{"text": word, "start_ms": at, "end_ms": at + 1} for at, word in enumerate(spoken)]
    columns = words([{"text": text, "words": timed}, {"text": None}])
    assert columns.first == [0, len(spoken), len(spoken)]
    assert [text[start:end] for start, end in zip(columns.char_starts, columns.char_ends, strict=True)] == spoken


def test_a_word_spelt_otherwise_takes_the_next_stretch():
    assert place("Twenty two euros", "22", 0) == (0, 6)
    assert place("Hello there", "HELLO", 0) == (0, 5)
    assert place("Hello", "x", 5) == (5, 5)


def test_turns_before_there_is_an_analysis_are_runs_of_one_role():
    segments, roles = TRANSCRIPT["segments"], {"agent": "agent", "consumer": "consumer"}
    assert [(turn["role"], turn["segments"]) for turn in turns(segments, roles, None)] == [
        ("agent", [0]),
        ("consumer", [1]),
        ("agent", [2]),
    ]
    assert [turn["backchannel"] for turn in turns(segments, roles, ANALYSIS)] == [False, False, True]


def test_every_state_has_a_status():
    stages = ("decode", "activity", "transcribe", "analyse", "index", "done", "none")
    found = {
        status_of(stage=stage, started=started, failed=failed) for stage in stages for started in (True, False) for failed in (True, False)
    }
    assert found == set(STATUSES)
