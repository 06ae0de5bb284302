"""Keys are wrapped under a master key that only its owner can read, and open only where they were wrapped for."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from cryptography.exceptions import InvalidTag

from backend.errors import ConfigurationError
from backend.infra.keys.fake import FakeKeys
from backend.infra.keys.local import LocalKeys

KEY = bytes(range(32))


@pytest.mark.parametrize("kind", ["local", "fake"])
async def test_a_wrapped_key_opens_only_in_its_context_and_whole(tmp_path, kind):
    keys = LocalKeys(tmp_path / "master") if kind == "local" else FakeKeys()
    wrapped = await keys.wrap(KEY, context="account/7")
    assert KEY not in wrapped
    assert await keys.wrap(KEY, context="account/7") != wrapped
    assert await keys.unwrap(wrapped, context="account/7") == KEY
    flipped = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
    for damaged, context in ((wrapped, "account/8"), (flipped, "account/7"), (wrapped[:20], "account/7"), (b"", "account/7")):
        with pytest.raises((ConfigurationError, InvalidTag, ValueError)):
            await keys.unwrap(damaged, context=context)


async def test_the_master_key_is_made_once_and_private(tmp_path):
    path = tmp_path / "keys" / "master"
    first = LocalKeys(path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]
    again = LocalKeys(path)
    assert again.name == first.name
    assert await again.unwrap(await first.wrap(KEY, context="x"), context="x") == KEY


async def test_another_master_key_is_told_by_its_name_and_refused(tmp_path):
    first, other = LocalKeys(tmp_path / "one"), LocalKeys(tmp_path / "two")
    assert first.name != other.name
    with pytest.raises(ConfigurationError, match="MASTER_KEY_FILE"):
        await other.unwrap(await first.wrap(KEY, context="x"), context="x")


def test_a_broken_master_key_is_refused_and_left_alone(tmp_path):
    (tmp_path / "master").write_bytes(b"short")
    with pytest.raises(ConfigurationError, match="holds 5 bytes"):
        LocalKeys(tmp_path / "master")
    assert (tmp_path / "master").read_bytes() == b"short"
    with pytest.raises(ConfigurationError, match="cannot be read or made"):
        LocalKeys(tmp_path / "master" / "below")


def name_of(path) -> str:
    return LocalKeys(path).name


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert len(set(pool.map(name_of, [tmp_path / "keys" / "master"] * 8))) == 1
