"""`assay analyze`: transcripts in, one line an input out, exit code 2 and the place of the fault where one is faulty."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.analysis.documents import call
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
