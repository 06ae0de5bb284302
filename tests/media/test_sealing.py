"""A sealed file gives exactly what was put in, from anywhere, and nothing once it was touched."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.infra.keys.fake import FakeKeys
from backend.infra.keys.local import LocalKeys
from backend.infra.object_store.engine import open_store
from backend.infra.object_store.fake import FakeStore
from backend.media.ranges import RangeNotSatisfiable, Span, parse_range
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


async def test_master_key_is_private_and_stays(tmp_path):
    path = tmp_path / "keys" / "master"
    first = LocalKeys(path)
    assert path.stat().st_mode & 0o077 == 0
    wrapped = await first.wrap(KEY, context="x")
    assert await LocalKeys(path).unwrap(wrapped, context="x") == KEY


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None), ("items=0-1", None), ("bytes=0-0", Span(0, 1)), ("bytes=5-", Span(5, 100)), ("bytes=-10", Span(90, 100)),
        ("bytes=-500", Span(0, 100)),
        ("bytes=50-500", Span(50, 100)), ("bytes=7-3", None), ("bytes=0-1,5-6", None), ("bytes=-", None), ("bytes=a-b", None),
    ],
)  # fmt: skip
def test_ranges(header, expected):
    assert parse_range(header, 100) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_ranges_beyond_the_end(header, size):
    with pytest.raises(RangeNotSatisfiable):
        parse_range(header, size)
