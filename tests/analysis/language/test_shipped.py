"""What is shipped is what was trained, and nothing else is read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from backend.analysis.language import shipped as module
from backend.errors import ConfigurationError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped data that a test may spoil."""
    copy = tmp_path / "language"
    shutil.copytree(str(module.FOLDER), copy)
    monkeypatch.setattr(module, "FOLDER", copy)
    module.shipped.cache_clear()
    yield copy
    module.shipped.cache_clear()


@pytest.mark.parametrize("name", ["sentiment.safetensors", "heads.safetensors"])
def test_changed_weights_are_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[-1] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ConfigurationError, match=name):
        module.shipped()


def test_absent_weights_are_named(folder: Path) -> None:
    (folder / "heads.safetensors").unlink()
    with pytest.raises(ConfigurationError, match=r"heads\.safetensors cannot be read"):
        module.shipped()


def test_the_weights_are_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 14_000_000


def test_every_role_has_its_band_and_every_head_its_version() -> None:
    heads = module.shipped()
    for roles in heads.bands.values():
        assert set(roles) == {"agent", "consumer"}
        assert all(-1 < band.negative < 0 < band.positive < 1 for band in roles.values())
    assert set(heads.versions) == {"sentiment", "frozen_sentiment", "topics", "next_steps", "good_questions", "summary"}
    assert all(0 < each < 1 for each in heads.thresholds.values())


def test_vectors_that_are_compared_have_unit_length() -> None:
    heads = module.shipped()
    for vectors in (heads.background, *heads.guides.values()):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=5e-3)


def test_the_manifest_lists_the_shown_topics() -> None:
    manifest = json.loads((module.FOLDER / "manifest.json").read_text("utf-8"))
    assert manifest["topics"] == list(module.default_topics())
