"""`assay analyze`: transcripts in, one line an input out, exit code 2 and the place of the fault where one is faulty."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from backend.errors import ConfigurationError
from backend.infra.embedder.fake import FakeEmbedder
from tests.analysis.documents import call
from workers import analyze_command
from workers.analyze_command import analyze

APP = typer.Typer()
APP.command()(analyze)
GOOD = json.dumps(call(("a", 0, 1000, "I want a refund"), ("c", 2000, 3000, "yes")))
BAD = json.dumps(call(("z", 0, 1000, "x")))


def run(*arguments, stdin=None):
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], input=stdin)


def test_files_in_order(tmp_path):
    (tmp_path / "a.json").write_text(GOOD)
    (tmp_path / "b.json").write_text(json.dumps(call()))
    done = run(tmp_path / "a.json", tmp_path / "b.json", "--only", "conversation")
    assert done.exit_code == 0
    assert [json.loads(line)["agent"]["talk_ms"] for line in done.stdout.splitlines()] == [1000, 0]


def test_settings(tmp_path):
    (tmp_path / "a.json").write_text(GOOD)
    chosen = {"categories": [{"name": "C", "indicators": [{"name": "I", "keywords": [{"text": "refund"}]}]}]}
    (tmp_path / "s.json").write_text(json.dumps(chosen))
    done = run(tmp_path / "a.json", "--settings", tmp_path / "s.json", "--only", "indicators")
    assert [m["indicator"] for m in json.loads(done.stdout)["mentions"]] == ["I"]


def test_a_faulty_line_is_answered_and_the_rest_still_run():
    done = run("-", "--only", "conversation", stdin=f"{GOOD}\n\n{BAD}\nnonsense\n{GOOD}\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 2
    assert answers[0] == answers[3]
    assert (answers[1]["error"]["line"], answers[1]["error"]["pointer"]) == (3, "/segments/0/speaker")
    assert (answers[2]["error"]["line"], answers[2]["error"]["pointer"]) == (4, "")


def test_a_line_that_is_no_utf_8_is_one_faulty_line():
    done = run("-", "--only", "conversation", stdin=b"\xef\xbb\xbf" + GOOD.encode() + b"\n\xff\xfe{}\n" + GOOD.encode())
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 2
    assert (answers[0], answers[1]["error"]["line"]) == (answers[2], 2)


RECORDING = "is a recording, not a transcript. Recordings are analysed by: assay ingest {path} --wait"
SUBTITLES = "is not JSON. WebVTT and SRT come in beside a recording: assay ingest RECORDING --transcript {path}"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("call.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", RECORDING),
        ("call", b"\x00\x00\x00\x20ftypM4A ", RECORDING),
        ("page.mp3", b"<!doctype html>", RECORDING),
        ("call.vtt", b"\xef\xbb\xbfWEBVTT\n\n", SUBTITLES),
        ("call.srt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi\r\n", SUBTITLES),
        ("call.json", b" \n", "is empty"),
        ("call.json", b"nonsense", "is not JSON: Expecting value: line 1 column 1 (char 0)"),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_told_with_the_command_that_takes_it(tmp_path, name, content, says):
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path / name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / name}: {says.format(path=tmp_path / name)}\n"


def test_a_recording_on_standard_input_is_answered_once():
    done = run("-", stdin=b"RIFF\xff\nWAVE\xff\n\xfe\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("standard input: is a recording, not a transcript.")
    assert len(done.stderr.splitlines()) == 1


def test_without_the_encoder_the_language_parts_are_named_and_the_way_to_get_it(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text(GOOD)

    def missing():
        raise ConfigurationError("The sentence encoder is not installed.")

    monkeypatch.setattr("backend.infra.embedder.minilm.load", missing)
    analyze_command._embed.cache_clear()
    done = run(tmp_path / "a.json")
    analyze_command._embed.cache_clear()
    assert (done.exit_code, done.stderr) == (0, "The sentence encoder is not installed.\n")
    skipped = {entry["feature"]: entry["reason"] for entry in json.loads(done.stdout)["skipped"]}
    assert skipped["topics"] == "no sentence encoder is installed"


def test_language_parts_come_with_the_encoder(tmp_path, monkeypatch):
    (tmp_path / "a.json").write_text(GOOD)
    monkeypatch.setattr("backend.infra.embedder.minilm.load", FakeEmbedder)
    analyze_command._embed.cache_clear()
    done = run(tmp_path / "a.json", "--only", "language")
    analyze_command._embed.cache_clear()
    found = json.loads(done.stdout)
    assert [entry["segment"] for entry in found["utterances"]] == [0, 1]
    assert found["sentiment_score"]["value"] in range(101)
    assert {"sentiment", "encoder"} <= found["versions"]["models"].keys()
    assert "mentions" in {entry["feature"] for entry in found["skipped"]}


@pytest.mark.parametrize("part", ["conversation", "indicators"])
def test_no_model_is_loaded_where_none_is_needed(tmp_path, monkeypatch, part):
    (tmp_path / "a.json").write_text(GOOD)
    monkeypatch.setattr("backend.infra.embedder.minilm.load", lambda: pytest.fail("loaded"))
    assert run(tmp_path / "a.json", "--only", part).exit_code == 0


def test_a_fault_of_the_whole_document_has_the_empty_pointer(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    assert run(tmp_path / "a.json").stderr.endswith("a.json: must be an object, not a list\n")


def test_a_faulty_file_does_not_keep_the_others_from_running(tmp_path):
    (tmp_path / "a.json").write_text(BAD)
    (tmp_path / "b.json").write_text(GOOD)
    done = run(tmp_path / "a.json", tmp_path / "b.json", "--only", "conversation")
    assert (done.exit_code, done.stdout.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BAD, "/segments/0/speaker"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON|too deeply"),
        ('{"duration_ms": NaN}', "NaN"),
        ("\ufffe", "not JSON"),
    ],
)
def test_a_faulty_file_is_one_line_on_standard_error(tmp_path, content, says):
    (tmp_path / "a.json").write_text(content)
    done = run(tmp_path / "a.json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert any(part in done.stderr for part in says.split("|"))
    assert done.stderr.count("\n") == 1


def test_a_missing_file_and_faulty_settings(tmp_path):
    assert run(tmp_path / "none.json").exit_code == 2
    (tmp_path / "a.json").write_text(GOOD)
    (tmp_path / "s.json").write_text('{"silence_ms": -1}')
    done = run(tmp_path / "a.json", "--settings", tmp_path / "s.json")
    assert done.exit_code == 2
    assert "/silence_ms" in done.stderr
