"""A tiny pyannote pipeline, built here, through the engine: from a local folder, on sound in memory, without the network."""

from __future__ import annotations

import os
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import pytest

from backend.errors import ConfigurationError
from workers.asr.base import RATE
from workers.diarization import pyannote
from workers.diarization.base import by_first_word
from workers.diarization.pyannote import PyannoteDiarizer

CONFIG = """
dependencies: {pyannote.audio: 4.0.0}
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    segmentation: $model/segmentation
    segmentation_batch_size: 4
    embedding: $model/embedding
    embedding_batch_size: 4
    embedding_exclude_overlap: true
    clustering: AgglomerativeClustering
    plda: $model/plda
params:
  segmentation: {min_duration_off: 0.0}
  clustering: {method: centroid, min_cluster_size: 2, threshold: 0.6}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """`models/diarization` with models of random weights: their labels mean nothing, their shapes are real."""
    import torch
    from lightning.pytorch import Trainer
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import XVectorSincNet
    from pyannote.audio.models.segmentation import PyanNet

    torch.manual_seed(3)
    segmentation = PyanNet(sincnet={"stride": 10}, lstm={"hidden_size": 16, "num_layers": 1}, linear={"hidden_size": 16, "num_layers": 1})
    segmentation.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION, resolution=Resolution.FRAME, duration=5.0, classes=["s#1", "s#2", "s#3"],
        powerset_max_classes=2, permutation_invariant=True,
    )  # fmt: skip
    embedding = XVectorSincNet(dimension=64)
    embedding.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0, classes=["a", "b"]
    )  # fmt: skip
    models = tmp_path_factory.mktemp("models")
    target = models / "diarization"
    for name, model in (("segmentation", segmentation), ("embedding", embedding)):
        model.build()
        (target / name).mkdir(parents=True)
        trainer = Trainer(logger=False, enable_checkpointing=False, accelerator="cpu", default_root_dir=str(models))
        trainer.strategy.connect(model)
        trainer.save_checkpoint(str(target / name / "pytorch_model.bin"), weights_only=True)
    (target / "plda").mkdir()
    rng = np.random.default_rng(0)
    np.savez(target / "plda" / "xvec_transform.npz", mean1=np.zeros(64), mean2=np.zeros(32), lda=rng.normal(size=(64, 32)) / 8)
    np.savez(target / "plda" / "plda.npz", mu=np.zeros(32), tr=np.eye(32), psi=np.linspace(5, 1, 32))
    (target / "config.yaml").write_text(CONFIG)
    return models


@pytest.mark.skipif(find_spec("pyannote") is None, reason="pyannote.audio is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
def test_a_local_pipeline_tells_speakers_apart_in_memory(folder):
    diarizer = PyannoteDiarizer(folder)
    assert diarizer.available()
    sound = np.random.default_rng(2).normal(0, 0.1, 12 * RATE).astype(np.float32)
    shares: list[float] = []
    found = diarizer.diarize(sound, shares.append)
    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "0"
    assert list(found) == [f"speaker-{index}" for index in range(1, len(found) + 1)]
    assert all(0 <= start < end <= 12_100 for spans in found.values() for start, end in spans)
    assert shares[-1] == 1.0


@pytest.mark.skipif(find_spec("pyannote") is None, reason="pyannote.audio is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("content", ["", "pipeline: [", "pipeline: {name: pyannote.audio.pipelines.Nothing}\nparams: {}"])
def test_a_folder_that_pyannote_cannot_load_is_named(tmp_path, content):
    (tmp_path / "diarization").mkdir()
    (tmp_path / "diarization" / "config.yaml").write_text(content)
    with pytest.raises(ConfigurationError, match=r"pyannote\.audio cannot load the model in .*diarization: .+ Put another"):
        PyannoteDiarizer(tmp_path).diarize(np.zeros(RATE, np.float32), lambda share: None)


@pytest.mark.skipif(find_spec("pyannote") is None, reason="pyannote.audio is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
def test_a_long_recording_is_heard_in_stretches_whose_speakers_are_the_same(tmp_path, monkeypatch):
    """A pipeline that names speakers anew in each stretch, as real ones do: only their voices tell who is who."""
    from pyannote.core import Annotation, Segment

    agent, caller, sizes = np.array([1.0, 0.1, 0.0]), np.array([0.1, 1.0, 0.0]), []

    def pipeline(file, num_speakers):
        sizes.append(file["waveform"].shape)
        said, odd = Annotation(), len(sizes) % 2
        first, second = ("A", "B") if odd else ("B", "A")
        said[Segment(0, 0.4)], said[Segment(0.5, 1.0)] = first, second
        if len(sizes) == 3:
            del said[Segment(0.5, 1.0)]
        rows = {first: agent, second: caller}
        return SimpleNamespace(speaker_diarization=said, speaker_embeddings=np.array([rows[name] for name in said.labels()]))

    monkeypatch.setattr(pyannote, "_AT_ONCE", RATE)
    diarizer = PyannoteDiarizer(tmp_path)
    monkeypatch.setattr(diarizer, "_load", lambda: pipeline)
    shares: list[float] = []
    found = diarizer.diarize(np.zeros(4 * RATE, np.float32), shares.append)
    assert sizes == [(1, RATE)] * 4
    assert found == {
        "speaker-1": [(0, 400), (1_000, 1_400), (2_000, 2_400), (3_000, 3_400)],
        "speaker-2": [(500, 1_000), (1_500, 2_000), (3_500, 4_000)],
    }
    assert shares == [0.25, 0.5, 0.75, 1.0, 1.0]


@pytest.mark.skipif(find_spec("pyannote") is None, reason="pyannote.audio is not installed (make setup SPEECH=1)")
@pytest.mark.filterwarnings("ignore")
def test_a_local_pipeline_hears_stretches_at_their_place(folder, monkeypatch):
    monkeypatch.setattr(pyannote, "_AT_ONCE", 7 * RATE)
    sound = np.random.default_rng(2).normal(0, 0.1, 12 * RATE).astype(np.float32)
    found = PyannoteDiarizer(folder).diarize(sound, lambda share: None)
    spans = [span for each in found.values() for span in each]
    assert 1 <= len(found) <= 2
    assert max(end for _, end in spans) > 7_000
    assert all(0 <= start < end <= 12_100 for start, end in spans)


def test_without_a_pipeline_it_is_not_available(tmp_path):
    assert not PyannoteDiarizer(tmp_path).available()


def test_speakers_are_numbered_in_the_order_of_their_first_words():
    assert by_first_word({"B": [(5, 6), (0, 1)], "A": [(2, 3)], "C": []}) == {"speaker-1": [(0, 1), (5, 6)], "speaker-2": [(2, 3)]}
