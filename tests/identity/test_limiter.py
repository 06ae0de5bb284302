"""Counters in Valkey, and the same ones in memory."""

from __future__ import annotations

import pytest

from backend.infra.limiter.fake import FakeLimiter
from backend.infra.limiter.valkey import ValkeyLimiter


@pytest.fixture(params=["valkey", "fake"])
async def limiter(request):
    if request.param == "fake":
        yield FakeLimiter()
        return
    made = ValkeyLimiter(request.getfixturevalue("valkey"))
    yield made
    await made.close()


async def test_attempts_are_counted_by_key_until_they_are_forgotten(limiter):
    assert [await limiter.take("a", limit=2, window_s=60) for _ in range(2)] == [None, None]
    wait = await limiter.take("a", limit=2, window_s=60)
    assert wait is not None
    assert 0 < wait <= 60
    assert await limiter.take("b", limit=2, window_s=60) is None
    await limiter.forget("a")
    assert await limiter.take("a", limit=2, window_s=60) is None
