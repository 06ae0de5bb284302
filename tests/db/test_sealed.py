"""A sealed value opens in its place alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.db.sealed import SealBroken, Sealer, Sealers, open_sealer

SEALER = Sealer(1, {4: bytes(32), 5: bytes([1] * 32)}, 5, bytes([2] * 32))
PLACE = {"table": "transcript", "column": "body", "row": 9}


@given(st.binary(max_size=300))
def test_round_trip(data):
    assert SEALER.open(SEALER.seal(data, **PLACE), **PLACE) == data


@given(st.integers(0, 60), st.integers(1, 255))
def test_any_altered_byte_is_noticed(position, change):
    sealed = bytearray(SEALER.seal(b"some words of a conversation", **PLACE))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        SEALER.open(bytes(sealed), **PLACE)


@pytest.mark.parametrize("other", [{"table": "analysis"}, {"column": "other"}, {"row": 10}])
def test_a_value_that_was_moved_does_not_open(other):
    with pytest.raises(SealBroken):
        SEALER.open(SEALER.seal(b"x", **PLACE), **{**PLACE, **other})


def test_another_accounts_value_does_not_open():
    foreign = Sealer(2, SEALER.keys, 5, SEALER.search_key)
    with pytest.raises(SealBroken):
        foreign.open(SEALER.seal(b"x", **PLACE), **PLACE)


def test_old_keys_still_open():
    old = Sealer(1, {4: bytes(32)}, 4, SEALER.search_key)
    assert SEALER.open(old.seal(b"x", **PLACE), **PLACE) == b"x"


def test_json_round_trip_and_digests():
    value = {"text": "Grüße, 你好", "n": [1, None]}
    assert SEALER.open_json(SEALER.seal_json(value, **PLACE), **PLACE) == value
    assert SEALER.digest("refund") != SEALER.digest("refunds")
    assert len(SEALER.digest("refund")) == 16


async def test_keys_come_from_the_account(db, world, keys):
    async with db.reading(world.id) as session:
        first = await Sealers(keys).of(session, world.id)
        second = await open_sealer(session, world.id, keys)
    assert second.open(first.seal(b"x", **PLACE), **PLACE) == b"x"


async def test_an_account_without_keys_says_so(db, world, keys):
    async with db.reading(world.id + 1) as session:
        with pytest.raises(SealBroken, match="no data keys"):
            await open_sealer(session, world.id + 1, keys)
