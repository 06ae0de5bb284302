"""The scorers against counts made by hand and against what others published for the same files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality import __main__ as quality
from bench.quality import der, labelled, roles, wer

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("reference", "hypothesis", "counts"),
    [
        ("the cat sat", "the cat sat", (0, 0, 0)),
        ("the cat sat down", "the bat sat", (1, 1, 0)),
        ("hello", "hello there you", (0, 0, 2)),
        ("you'll pay twenty percent", "You will pay 20%!", (0, 0, 0)),
        ("we won't <crosstalk> do that", "we will not do that", (0, 0, 0)),
        ("three hundred and five dollars", "$305", (0, 0, 0)),
    ],
)
def test_word_errors(reference: str, hypothesis: str, counts: tuple[int, int, int]):
    found = wer.word_errors(reference, hypothesis)
    assert (found.substitutions, found.deletions, found.insertions) == counts


def test_rates_are_of_all_files_together():
    both = wer.word_errors("my new card came", "my new card came") + wer.word_errors("yes", "no")
    assert (both.reference, both.rate) == (5, 0.2)
    assert wer.WordErrors().rate == 0


def test_without_normalisation_spellings_count():
    assert wer.word_errors("you'll pay", "you will pay", wer.plain).substitutions == 1


def test_formats_of_transcripts(tmp_path: Path):
    nlp, ctm, text = tmp_path / "a.nlp", tmp_path / "a.ctm", tmp_path / "a.txt"
    nlp.write_text("token|speaker\nGood|0\nmorning|0\n")
    ctm.write_text("a 1 0.0 0.2 good 1.0\na 1 0.2 0.3 morning 1.0\n")
    text.write_text("Good morning")
    assert {" ".join(wer.english(wer.read_words(path))) for path in (nlp, ctm, text)} == {"good morning"}


def test_a_missing_transcript_counts_as_nothing_recognised(tmp_path: Path):
    (tmp_path / "a.txt").write_text("good morning to you")
    ranked = wer.rank({"a": tmp_path / "a.txt"}, {"silent": {}, "perfect": {"a": tmp_path / "a.txt"}})
    assert [(name, errors.rate) for name, errors in ranked] == [("perfect", 0.0), ("silent", 1.0)]


def _rttm(path: Path, *turns: tuple[float, float, str]) -> Path:
    path.write_text("".join(f"SPEAKER f 1 {start} {length} <NA> <NA> {who} <NA> <NA>\n" for start, length, who in turns))
    return path


def test_speaker_errors_by_hand(tmp_path: Path):
    reference = der.turns(_rttm(tmp_path / "ref", (0, 10, "a"), (10, 10, "b")))
    system = der.turns(_rttm(tmp_path / "sys", (0, 12, "x"), (12, 6, "y")))
    found = der.speaker_errors(reference, system)
    assert (found.speech, found.missed, found.false_alarm, found.confusion) == pytest.approx((20, 2, 0, 2))
    assert found.rate == pytest.approx(0.2)
    # All one speaker's: half of it is confused, whoever that is.
    assert der.speaker_errors(reference, der.one_speaker(reference)).rate == pytest.approx(0.5)
    assert der.speaker_errors(reference, {}).rate == 1


def test_only_what_the_uem_names_is_scored(tmp_path: Path):
    (tmp_path / "uem").write_text("; a comment\nf 1 0 10\n")
    reference = der.turns(_rttm(tmp_path / "ref", (0, 10, "a"), (10, 10, "b")))
    assert der.speaker_errors(reference, {}, der.regions(tmp_path / "uem")).speech == pytest.approx(10)


def test_a_malformed_file_names_its_line(tmp_path: Path):
    (tmp_path / "bad.rttm").write_text("SPEAKER f 1 zero 1 <NA> <NA> a <NA> <NA>\n")
    with pytest.raises(ValueError, match="line 1"):
        der.turns(tmp_path / "bad.rttm")
    (tmp_path / "bad.tsv").write_text("negative\tthis is awful\nsad\tno\n")
    with pytest.raises(ValueError, match="line 2"):
        labelled.read(tmp_path / "bad.tsv")


def test_the_command_scores_given_files(tmp_path: Path, capsys, monkeypatch):
    (tmp_path / "ref.txt").write_text("good morning to you")
    (tmp_path / "hyp.txt").write_text("good morning to him")
    monkeypatch.setattr("sys.argv", ["quality", "--wer", str(tmp_path / "ref.txt"), str(tmp_path / "hyp.txt")])
    assert quality.main() == 0
    assert "25.00%" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["quality", "--der", str(tmp_path / "absent"), str(tmp_path / "absent")])
    assert quality.main() == 2


def test_absent_data_is_named(tmp_path: Path):
    for table in (quality.earnings21, quality.dscore):
        assert "absent" in table(tmp_path)[0]


@pytest.mark.skipif(not (DATA / "dscore").exists(), reason=f"{DATA}/dscore is absent")
def test_the_published_error_rate_of_dscores_pair():
    """NIST's md-eval says 26.39% of this pair (no collar)."""
    folder = DATA / "dscore" / "tests"
    found = der.speaker_errors(der.turns(folder / "ref.rttm"), der.turns(folder / "sys.rttm"))
    assert f"{found.rate:.2%}" == "26.39%"


@pytest.mark.skipif(not (DATA / "earnings21").exists(), reason=f"{DATA}/earnings21 is absent")
def test_engines_rank_as_their_publishers_ranked_them():
    """Del Rio et al., Earnings-21 (2021): Rev's two engines first, the one trained on read books far behind."""
    references = quality._by_name(DATA / "earnings21" / "transcripts" / "nlp_references")
    one = dict([min(references.items(), key=lambda pair: pair[1].stat().st_size)])
    engines = {name: quality._by_name(DATA / "earnings21" / "output" / place) for name, place in quality.ENGINES.items()}
    ranked = [name for name, _ in wer.rank(one, engines)]
    assert set(ranked[:2]) == {"Rev (Kaldi)", "Rev (ESPnet)"}
    assert ranked[-1] == "Kaldi (LibriSpeech)"


def test_roles_of_real_calls_are_told_by_their_words():
    calls = [*roles.harper_valley(DATA), *roles.chat(DATA)]
    if not calls:
        pytest.skip(f"{DATA} is absent")
    for change in (roles.nameless, roles.late):
        assert sum(roles.told(change(each)) for each in calls) == len(calls)
    assert sum(map(roles.opener, calls)) < len(calls)


def test_roles_of_the_sample_calls_are_told_better_than_by_who_speaks_first():
    calls = roles.samples()
    assert sum(map(roles.told, calls)) >= max(18, 1 + sum(map(roles.opener, calls)))
