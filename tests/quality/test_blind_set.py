"""The blind test set is what its README says: large enough, well formed, and nowhere in what the heads were trained on."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from backend.analysis.language.shipped import default_topics
from bench.language import blind

ROOT = Path(__file__).resolve().parents[2]


def texts() -> list[str]:
    return [columns[-1] for path in sorted(blind.HERE.glob("*.t[sx][vt]")) for columns in blind.rows(path.name)]


def test_every_line_has_a_label_of_its_file():
    sentiments = blind.rows("sentiment.tsv")
    assert {(len(row), row[0], row[1]) for row in sentiments} == {
        (3, role, label) for role in ("agent", "consumer") for label in ("negative", "neutral", "positive")
    }
    assert {(len(row), row[0]) for name in ("next_steps.tsv", "good_questions.tsv") for row in blind.rows(name)} == {
        (2, "yes"),
        (2, "no"),
    }
    assert {name for name, _ in blind.rows("topics.tsv")} == {*default_topics(), "none"}


def test_it_is_large_enough_for_its_figures():
    assert len(texts()) >= 800
    assert Counter(label for _, label, _ in blind.rows("sentiment.tsv"))["neutral"] >= 170
    assert min(Counter(name for name, _ in blind.rows("topics.tsv")).values()) >= 10


def test_no_line_is_twice_and_what_was_seen_in_training_is_left_out():
    own = Counter(blind.plain(text) for text in texts())
    assert [text for text, count in own.items() if count > 1] == []
    coincide = [text for text in own if text in blind.seen()]
    assert "i'm furious" in coincide
    assert len(coincide) < len(own) / 20
    counted = [blind.plain(row[-1]) for path in blind.HERE.glob("*.t[sx][vt]") for row in blind.unseen(path.name)]
    assert sorted(counted) == sorted(set(own) - set(coincide))


def test_the_margin_of_a_share():
    assert blind.margin(0.5, 96) == pytest.approx(0.098)
    assert 0 < blind.margin(1.0, 100) < 0.05


def test_thresholds_in_the_repository_are_those_that_are_shipped():
    given = json.loads((ROOT / "scripts/train_heads/thresholds.json").read_text("utf-8"))
    shipped = json.loads((ROOT / "backend/analysis/data/language/manifest.json").read_text("utf-8"))
    assert {key: shipped[key] for key in given} == given
