"""Recordings that nobody should have sent end in a stated result: never in a hang, never in words that nobody said."""

from __future__ import annotations

import asyncio
import os
import re
import wave
from dataclasses import replace

import numpy as np
import pytest

from backend.analyses import service as analyses
from backend.config import Config
from backend.interactions import repository
from backend.interactions.rules import Part
from backend.interactions.status import status
from backend.media.decoding import RATE
from tests.media.sounds import tone, write
from tests.pipeline.conftest import make_deps, pump, write_wav
from workers.asr.fake import FakeRecognizer

HANGS_AFTER_S = 120
CHORDS = [(220, 277.2, 329.6), (196, 246.9, 293.7), (174.6, 220, 261.6), (164.8, 207.7, 246.9)]


def music(seconds: int) -> np.ndarray:
    """Broken chords under a melody with a drum on each half second, as on hold."""
    at = np.arange(seconds * RATE) / RATE
    beat, since = (at * 2).astype(int), at % 0.5
    notes = np.array(CHORDS)[beat // 4 % 4]
    chord = sum(np.exp(-4 * since) * np.sin(2 * np.pi * notes[:, voice] * over * at) / over for voice in range(3) for over in (1, 2, 3))
    melody = np.exp(-3 * since) * np.sin(4 * np.pi * notes[np.arange(len(at)), beat % 3] * at)
    drum = np.exp(-30 * since) * np.random.default_rng(0).normal(size=len(at))
    mixed = chord / 6 + 0.3 * melody + 0.05 * drum
    return (mixed / np.abs(mixed).max() * 16_000).astype(np.int16)


def corrupt(path):
    noise = np.random.default_rng(1).normal(0, 0.1, 10 * RATE).astype(np.float32)
    content = bytearray(write(path, [noise], codec="flac", container="flac").read_bytes())
    content[2_000 : len(content) - 2_000] = os.urandom(len(content) - 4_000)
    path.write_bytes(content)


def cut_off(path):
    content = write_wav(path, music(4), music(4)).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def ten_hours(path):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 100, 0, "NONE", ""))
        file.writeframes(b"\x80" * (100 * 36_000))


def five_channels(path):
    write(path, [tone(1)] * 5, codec="pcm_s16le", container="wav")


def silent(path, *, channels=1):
    write_wav(path, *[np.zeros(6 * RATE, np.int16)] * channels)


def short(path, milliseconds):
    write_wav(path, np.full(RATE * milliseconds // 1000, 900, np.int16))


def held(path):
    write_wav(path, music(12))


def both_held(path):
    tune = music(12)
    write_wav(path, tune, tune[::-1])


REFUSED = {
    "no recording": (lambda path: path.write_bytes(os.urandom(5_000)), "cannot be read as audio or video"),
    "cut off": (cut_off, r"Unexpected end of file at 00:0[12]: the file announces 00:04"),
    "corrupt": (corrupt, "Deliver it again"),
    "10 ms": (lambda path: short(path, 10), "10 ms of sound, too little"),
    "ten hours": (ten_hours, r"lasts 10:00:00, longer than the 8:00:00 that are taken \(MAX_DURATION_H\)"),
    "five channels": (five_channels, "5 channels"),
}
WORDLESS = {
    "20 ms": lambda path: short(path, 20),
    "silent": silent,
    "both sides silent": lambda path: silent(path, channels=2),
    "music": held,
    "music on both sides": both_held,
}


@pytest.fixture
def listening(db, keys, tmp_path, ingest):
    """Workers whose recogniser of English hears words in whatever is taken for speech."""
    deps = make_deps(db, keys, tmp_path, recognizer=FakeRecognizer("en", says="words that nobody said"))
    config = Config(ASSAY_DATA=tmp_path / "data", ASSAY_MODELS=tmp_path / "models", MAX_DURATION_H=8)
    return replace(deps, store=ingest.store, config=config)


@pytest.fixture
def result(listening, world, ingest):
    """Takes parts in, works until nothing is left, and returns the row and the analysis."""

    async def result(*parts, language):
        async with asyncio.timeout(HANGS_AFTER_S):
            number = await ingest(parts=parts, language=language)
            await pump(listening)
        async with listening.db.reading(world.id) as session:
            row = await repository.interaction(session, world.id, number)
            sealer = await listening.sealers.of(session, world.id)
            return row, await analyses.load_current(session, sealer, number)

    return result


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
async def test_what_cannot_be_analysed_fails_with_its_reason(listening, result, tmp_path, make, reason):
    make(tmp_path / "given")
    row, current = await result(Part(tmp_path / "given", "given.wav"), language="en")
    assert (status(row), current) == ("FAILED", None)
    assert re.search(reason, row.failure), row.failure
    assert list((listening.config.data / "scratch").iterdir()) == []


@pytest.mark.parametrize("make", WORDLESS.values(), ids=WORDLESS)
async def test_where_nobody_speaks_no_words_are_found(result, tmp_path, make):
    make(tmp_path / "given")
    row, current = await result(Part(tmp_path / "given", "given.wav"), language="en")
    assert status(row) == "DONE", row.failure
    assert (current.transcript_row.source, current.transcript["segments"]) == ("recognised", [])
    assert (row.sentiment_score, row.engagement_score) == (None, None)
    said = {each["feature"]: each["reason"] for each in current.analysis["skipped"]}
    assert said["sentiment"] == said["summary"] == "nobody speaks"


async def test_speech_of_a_language_without_a_model_is_not_forced_into_another(result, sides):
    row, current = await result(*sides, language="de")
    assert (status(row), row.without_words) == ("DONE", True)
    assert {segment["text"] for segment in current.transcript["segments"]} == {None}
    said = {each["feature"]: each["reason"] for each in current.analysis["skipped"]}
    assert "no speech model for German (de) is installed" in said["words"]
