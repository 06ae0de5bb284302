"""Everything that the stages work with, real but for queue, listeners and object store."""

from __future__ import annotations

import json
import threading
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from backend.authz.actor import system
from backend.config import Config
from backend.db.sealed import Sealers
from backend.infra.embedder.fake import FakeEmbedder
from backend.infra.object_store.fake import FakeStore
from backend.infra.pubsub.fake import FakePubSub
from backend.infra.queue.fake import FakeQueue
from backend.interactions.ingest import Intake
from backend.interactions.ingest import ingest as take_in
from backend.interactions.rules import NewInteraction, Part
from backend.media.decoding import RATE, Limits, Source, decode, samples
from workers.asr.fake import FakeRecognizer
from workers.deps import Deps, Engines
from workers.diarization.pyannote import PyannoteDiarizer
from workers.jobs import STAGES
from workers.outbox import hand_on
from workers.runner import run_stage

SAMPLES = Path(__file__).parents[2] / "samples"
CALL = "18-new-address"
CUT_MS = 20_000


@dataclass(frozen=True)
class Cut:
    """The first 20 s of a sample call, a file a side, and who speaks when in them."""

    parts: tuple[Part, Part]
    speech: dict[str, list[tuple[int, int]]]

    def talk_ms(self, speaker):
        return sum(end - start for start, end in self.speech[speaker])


def write_wav(path, *channels):
    with wave.open(str(path), "wb") as file:
        file.setparams((len(channels), 2, RATE, 0, "NONE", ""))
        file.writeframes(np.stack(channels, axis=1).tobytes())
    return path


@pytest.fixture(scope="session")
def cut(tmp_path_factory):
    folder = tmp_path_factory.mktemp("call")
    decoded = decode([Source(SAMPLES / f"recordings/{CALL}.webm")], folder, Limits(2**30, 3_600_000))
    agent, consumer = (np.asarray(samples(channel)[: CUT_MS * RATE // 1000]) for channel in decoded.channels)
    truth = json.loads((SAMPLES / f"truth/{CALL}.json").read_text())
    speech = {"agent": [], "consumer": []}
    for each in truth["segments"]:
        if each["start_ms"] < CUT_MS:
            speech[each["speaker"]].append((each["start_ms"], min(CUT_MS, each["end_ms"])))
    parts = (
        Part(write_wav(folder / "agent.wav", agent), "agent.wav", ("agent",)),
        Part(write_wav(folder / "consumer.wav", consumer), "consumer.wav", ("consumer",)),
    )
    return Cut(parts, speech)


@pytest.fixture
def sides(cut):
    return cut.parts


@pytest.fixture
def deps(db, keys, tmp_path):
    return make_deps(db, keys, tmp_path)


def make_deps(db, keys, folder, *, recognizer=None, diarizer=None):
    config = Config(ASSAY_DATA=folder / "data", ASSAY_MODELS=folder / "models")
    engines = Engines(recognizer or FakeRecognizer(), diarizer or PyannoteDiarizer(folder / "models"), FakeEmbedder, threading.Lock())
    return Deps(config, db, FakeQueue(), FakePubSub(), FakeStore(), keys, Sealers(keys), engines)


@pytest.fixture
def ingest(deps, world):
    """Takes an interaction in as the system: `await ingest(parts=…, language=…)`; returns its id."""

    async def ingest(**facts):
        intake = Intake(deps.db, deps.store, deps.keys, deps.sealers)
        return (await take_in(intake, system(world.id), NewInteraction(**facts))).interaction_id

    ingest.store = deps.store
    return ingest


@pytest.fixture
def finish(deps):
    async def finish():
        await pump(deps)

    return finish


async def pump(deps):
    """Hands events on and runs stages until nothing is left to do."""
    while await hand_on(deps.db, deps.queue, deps.pubsub) or deps.queue.tasks:
        for task in list(deps.queue.tasks):
            await run_stage(deps, STAGES, task)
