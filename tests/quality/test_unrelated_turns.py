"""The unrelated turns are what their README says, and their bound is the exact one."""

from __future__ import annotations

import pytest

from bench.language import blind, unrelated


def test_no_turn_is_twice_or_was_trained_on():
    texts = [blind.plain(text) for text in unrelated.turns((*unrelated.CHOOSING, *unrelated.REPORTED))]
    held = {blind.plain(row[-1]) for path in blind.HERE.glob("*.t[sx][vt]") for row in blind.rows(path.name)}
    assert len(texts) > 2000
    assert len(set(texts)) == len(texts)
    assert set(texts) & (blind.seen() | held) == set()


def test_enough_are_kept_from_choosing():
    """Without a false hit, fewer than five in a thousand are shown."""
    assert 1000 * unrelated.bound(0) / len(unrelated.turns(unrelated.REPORTED)) < 5


@pytest.mark.parametrize(("count", "most"), [(0, 2.996), (1, 4.744), (5, 10.513), (12, 19.443)])
def test_the_bound_is_that_of_the_tables(count: int, most: float):
    assert unrelated.bound(count) == pytest.approx(most, abs=0.001)
