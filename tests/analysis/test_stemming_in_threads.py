"""Stems do not depend on what other threads stem at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from backend.analysis import stemming

WORDS = [
    f"{stem}{ending}"
    for stem in ("cancel", "refund", "annoy", "deliver", "connect", "general")
    for ending in ("ation", "ing", "ed", "ers", "ational")
]


def test_every_thread_gets_the_stem_that_one_alone_gets():
    alone = stemming.stem("en", WORDS)
    for _ in range(30):
        stemming._stems.cache_clear()
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda word: stemming.stem("en", [word])[0], WORDS)) == alone


def test_what_is_remembered_has_a_bound(monkeypatch):
    monkeypatch.setattr(stemming, "_REMEMBERED", 3)
    stemming._stems.cache_clear()
    assert stemming.stem("en", ["cats", "dogs", "cows", "hens", "cats"]) == ["cat", "dog", "cow", "hen", "cat"]
    assert len(stemming._stems("english")) <= 3
