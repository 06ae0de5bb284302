"""A sealed file gives exactly what was put in, from anywhere, and nothing once it was touched."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backend.infra.keys.fake import FakeKeys
from backend.infra.object_store.engine import open_store
from backend.infra.object_store.fake import FakeStore
from backend.media.sealing import HEADER, SEGMENT, TAG, SealedFileBroken, open_range, plain_size, seal, sealed_size
from backend.media.vault import Vault

KEY = bytes(range(32))
SIZES = [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 20 * SEGMENT + 5]


def sealed(data: bytes, place: str = "a/b") -> bytes:
    return b"".join(seal(KEY, place, [data[start : start + 50_000] for start in range(0, len(data), 50_000)]))


async def opened(blob: bytes, start: int, end: int, place: str = "a/b", key: bytes = KEY) -> bytes:
    async def read(first: int, last: int) -> bytes:
        return blob[first:last]

    return b"".join([piece async for piece in open_range(read, len(blob), key, place, start, end)])


@pytest.mark.parametrize("size", SIZES)
async def test_round_trip_and_ranges(size):
    data = os.urandom(size)
    blob = sealed(data)
    assert (len(blob), plain_size(len(blob))) == (sealed_size(size), size)
    for start, end in [(0, size), (size // 2, size), (max(0, size - 3), size + 10), (SEGMENT - 2, SEGMENT + 2), (0, 1)]:
        assert await opened(blob, start, end) == data[start:end]


@given(size=st.integers(0, 3 * SEGMENT), start=st.integers(0, 3 * SEGMENT), length=st.integers(0, 2 * SEGMENT))
@settings(max_examples=40, deadline=None)
async def test_any_range(size, start, length):
    data = (b"0123456789" * (size // 10 + 1))[:size]
    assert await opened(sealed(data), start, start + length) == data[start : start + length]


async def test_whatever_was_touched_does_not_open():
    blob = sealed(os.urandom(3 * SEGMENT))
    cut = blob[: HEADER + SEGMENT + TAG]
    swapped = blob[:HEADER] + blob[HEADER + SEGMENT + TAG : HEADER + 2 * (SEGMENT + TAG)] + blob[HEADER : HEADER + SEGMENT + TAG]
    flipped = bytearray(blob)
    flipped[HEADER + 5] ^= 1
    for bad in (cut, swapped + blob[HEADER + 2 * (SEGMENT + TAG) :], bytes(flipped), b"XXXX" + blob[4:], blob[:-1]):
        with pytest.raises(SealedFileBroken):
            await opened(bad, 0, 10**9)
    for change in ({"place": "a/c"}, {"key": bytes(32)}):
        with pytest.raises(SealedFileBroken):
            await opened(blob, 0, 10, **change)


@pytest.mark.parametrize("store", ["fake", "folder"])
async def test_vault(tmp_path, store):
    vault = Vault(FakeStore() if store == "fake" else open_store("", tmp_path / "objects"), FakeKeys())
    key = await vault.new_key(7)
    assert await vault.open_key(7, key.wrapped) == key.key
    source = tmp_path / "call.wav"
    source.write_bytes(os.urandom(200_000))
    stored = await vault.put(7, key.key, "call.wav", source)
    assert (stored.size, await vault.size(stored.object_key)) == (200_000, 200_000)
    await vault.fetch(key.key, stored.object_key, tmp_path / "again.wav")
    assert (tmp_path / "again.wav").read_bytes() == source.read_bytes()
    assert b"".join([piece async for piece in vault.read(key.key, stored.object_key, 5, 9)]) == source.read_bytes()[5:9]
    await vault.delete(stored.object_key)
    await vault.delete(stored.object_key)
    with pytest.raises(FileNotFoundError):
        await vault.size(stored.object_key)


@given(st.lists(st.binary(max_size=300) | st.integers(0, 3 * SEGMENT).map(bytes), max_size=5))
@settings(max_examples=30, deadline=None)
async def test_pieces_of_any_size_make_the_same_file(chunks):
    whole = b"".join(chunks)
    blob = b"".join(seal(KEY, "a/b", chunks))
    assert len(blob) == sealed_size(len(whole))
    assert await opened(blob, 0, len(whole)) == whole


@given(st.integers(0, 2 * SEGMENT + HEADER + 40), st.integers(1, 255))
@settings(max_examples=40, deadline=None)
async def test_any_changed_byte_is_noticed(at, change):
    blob = bytearray(sealed(bytes(2 * SEGMENT)))
    at %= len(blob)
    blob[at] ^= change
    with pytest.raises(SealedFileBroken):
        await opened(bytes(blob), 0, 2 * SEGMENT)


@given(st.integers(0, sealed_size(2 * SEGMENT + 7) - 1))
@example(HEADER + TAG)
@settings(max_examples=40, deadline=None)
async def test_any_cut_is_noticed(left):
    blob = sealed(bytes(2 * SEGMENT + 7))[:left]
    with pytest.raises(SealedFileBroken):
        await opened(blob, 0, 10**9)


async def test_a_segment_of_another_object_of_the_same_recording_does_not_fit():
    one, two = sealed(bytes(3 * SEGMENT), "a/1"), sealed(bytes(3 * SEGMENT), "a/1")
    at, length = HEADER + SEGMENT + TAG, SEGMENT + TAG
    with pytest.raises(SealedFileBroken):
        await opened(one[:at] + two[at : at + length] + one[at + length :], 0, 3 * SEGMENT, "a/1")
