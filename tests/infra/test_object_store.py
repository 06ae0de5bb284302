"""Stores behave alike: whole objects, exact ranges, missing ones said."""

from __future__ import annotations

import os

import pytest

from backend.errors import ConfigurationError
from backend.infra.object_store.engine import open_store
from backend.infra.object_store.fake import FakeStore

BIG = 12 * 2**20


@pytest.fixture(params=["fake", "folder", "url"])
def store(request, tmp_path):
    if request.param == "fake":
        return FakeStore()
    return open_store("" if request.param == "folder" else f"file://{tmp_path}/a%20store", tmp_path / "objects")


async def test_bytes_and_streams_come_back_by_range(store):
    content = os.urandom(BIG)
    await store.put("account/1/small", b"hello")
    await store.put("account/1/big", (content[start : start + 100_000] for start in range(0, BIG, 100_000)))
    assert [await store.size(key) for key in ("account/1/small", "account/1/big")] == [5, BIG]
    assert await store.get_range("account/1/small", 1, 3) == b"el"
    assert await store.get_range("account/1/small", 3, 3) == b""
    assert await store.get_range("account/1/small", 3, 99) == b"lo"
    assert await store.get_range("account/1/big", 5_000_000, 5_000_100) == content[5_000_000:5_000_100]
    await store.put("account/1/small", b"")
    assert await store.size("account/1/small") == 0


async def test_what_is_not_there_is_said(store):
    with pytest.raises(FileNotFoundError):
        await store.size("nothing")
    with pytest.raises(FileNotFoundError):
        await store.get_range("nothing", 0, 1)
    await store.delete("nothing")


async def test_keys_of_a_prefix(store):
    for key in ("account/1/b/peaks", "account/1/a/call.wav", "account/11/x", "account/2/x"):
        await store.put(key, b"1")
    assert await store.keys("account/1/") == ["account/1/a/call.wav", "account/1/b/peaks"]
    assert await store.keys("account/1") == ["account/1/a/call.wav", "account/1/b/peaks", "account/11/x"]
    await store.delete("account/1/a/call.wav")
    assert await store.keys("account/1/a") == []
    assert len(await store.keys("")) == 3


async def test_a_stream_that_breaks_leaves_nothing(store):
    def broken():
        yield b"x" * 6_000_000
        raise OSError("the disk is gone")

    with pytest.raises(Exception, match="disk is gone"):
        await store.put("account/1/half", broken())
    assert await store.keys("account/") == []


async def test_the_folder_is_private(tmp_path):
    await open_store("", tmp_path / "objects").put("account/1/x", b"1")
    assert (tmp_path / "objects").stat().st_mode & 0o777 == 0o700


def test_a_store_that_cannot_be_is_a_configuration_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for url in ("nonsense://x", f"file://{tmp_path}/file"):
        with pytest.raises(ConfigurationError):
            open_store(url, tmp_path)
