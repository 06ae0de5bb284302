"""A recording of two sides becomes an indicator at the second at which it is said: through every stage, with NeMo's real inference."""

from __future__ import annotations

import json
import shutil
import wave
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from backend.analyses import service as analyses
from backend.analysis.types import Keyword
from backend.authz.actor import system
from backend.indicators import service as indicators
from backend.interactions import repository
from backend.interactions.rules import Part
from backend.interactions.status import status
from tests.pipeline.conftest import make_deps, pump, write_wav
from workers.asr.nemo import NemoRecognizer

FIXTURES = Path(__file__).parents[1] / "workers" / "fixtures"
NEAR_MS = 300
pytestmark = [
    pytest.mark.skipif(find_spec("nemo") is None, reason="NeMo is not installed (make setup SPEECH=1)"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture
def call(tmp_path):
    """The call's second sentence is the consumer's, the others are the agent's: a file a side; and the sentences."""
    said = json.loads((FIXTURES / "call.json").read_text())
    with wave.open(str(FIXTURES / "call.wav")) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    at = np.arange(sound.size) / 16
    theirs = (at > said[1]["start_ms"] - 500) & (at < said[1]["end_ms"] + 500)
    sides = {"agent": np.where(theirs, 0, sound), "consumer": np.where(theirs, sound, 0)}
    parts = [Part(write_wav(tmp_path / f"{role}.wav", side.astype("<i2")), f"{role}.wav", (role,)) for role, side in sides.items()]
    return tuple(parts), said


@pytest.fixture
def hearing(db, keys, tmp_path, ingest):
    """Workers with the model that knows the call's sentences by heart."""
    folder = tmp_path / "models" / "asr" / "en"
    folder.mkdir(parents=True)
    shutil.copy(FIXTURES / "by-heart.nemo", folder)
    return replace(make_deps(db, keys, tmp_path, recognizer=NemoRecognizer(tmp_path / "models")), store=ingest.store)


async def test_an_indicator_is_found_at_its_second(hearing, world, ingest, call):
    parts, said = call
    async with hearing.db.writing(world.id) as session:
        await indicators.create(session, system(world.id), category="Churn", name="Leaving", keywords=[Keyword("cancel my account")])
    number = await ingest(parts=parts, language="en")
    await pump(hearing)
    async with hearing.db.reading(world.id) as session:
        row = await repository.interaction(session, world.id, number)
        current = await analyses.load_current(session, await hearing.sealers.of(session, world.id), number)
    assert status(row) == "DONE", row.failure
    assert (current.transcript_row.source, current.transcript_row.engine) == ("recognised", "by-heart")
    (mention,) = current.analysis["mentions"]
    cancel, account = (next(word for word in said[1]["words"] if word["text"] == text) for text in ("cancel", "account"))
    assert (mention["role"], mention["keyword"]) == ("consumer", "cancel my account")
    assert abs(mention["start_ms"] - cancel["start_ms"]) <= NEAR_MS
    assert abs(mention["end_ms"] - account["end_ms"]) <= NEAR_MS
    assert row.indicator_mentions == 1
