"""A stand-in of a hub with three models, and pulling from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.infra.models import origin
from backend.infra.models.catalogue import find
from backend.infra.models.hub import Hub
from backend.infra.models.pull import Wish, pull
from tests.models.hub import FIRST, SECOND, Serving, StandIn

NAME = "parakeet-tdt-0.6b-v3"
SOURCE = "nvidia/parakeet-tdt-0.6b-v3"
FILE = "parakeet-tdt-0.6b-v3.nemo"
PYANNOTE = "pyannote/speaker-diarization-community-1"
WEIGHTS = bytes(range(256)) * 12_000
"""Three pieces and a bit."""


@pytest.fixture
def hub():
    speech = {"README.md": b"card", ".gitattributes": b"", FILE: WEIGHTS}
    pipeline = {
        "config.yaml": b"pipeline: {}",
        "segmentation/pytorch_model.bin": b"s",
        "embedding/pytorch_model.bin": b"e",
        "plda/plda.npz": b"p",
    }
    marian = {
        "config.json": b"{}",
        "vocab.json": b"{}",
        "source.spm": b"s",
        "target.spm": b"t",
        "pytorch_model.bin": b"w",
        "tf_model.h5": b"x",
    }
    repositories = {
        SOURCE: {FIRST: speech, SECOND: speech | {FILE: b"other weights"}},
        PYANNOTE: {FIRST: pipeline},
        "Helsinki-NLP/opus-mt-mul-en": {FIRST: marian},
    }
    return StandIn(repositories, dict.fromkeys(repositories, FIRST), {PYANNOTE: "auto"})


@pytest.fixture
def served(hub):
    with Serving(hub) as serving:
        yield serving


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Another try without a pause."""
    monkeypatch.setattr(origin, "PAUSE_S", 0.0)


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def bring(folder, served):
    """`bring("name", revision=…)`: what `pull` gives."""

    def bring(name=NAME, *, token="", languages=None, **wish):
        return pull(folder, Hub(served.url, token), Wish(find(name), languages, **wish), lambda path, come, whole: None)

    return bring
