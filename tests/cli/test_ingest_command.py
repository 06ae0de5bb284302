"""`assay ingest` on a data folder of its own: it starts what it needs, waits, prints figures, and stops what it started."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from backend.db.binaries import runtime_folder
from tests.pipeline.conftest import cut, sides, write_wav  # noqa: F401


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def first(run, folder, cut):  # noqa: F811
    agent, consumer = cut.parts
    return run("ingest", "--data", folder, "--agent", agent.path, "--consumer", consumer.path, "--external-id", "one", "--wait", "--json")


def test_the_analysis_without_words_is_printed(first, cut):  # noqa: F811
    assert first.returncode == 0, first.stderr
    found = json.loads(first.stdout)
    assert (found["status"], found["duration_ms"], found["without_words"], found["created"]) == ("DONE", 20_000, True, True)
    assert found["agent"]["talk_ms"] == pytest.approx(cut.talk_ms("agent"), rel=0.15)
    assert found["consumer"]["talk_ms"] == pytest.approx(cut.talk_ms("consumer"), rel=0.15)
    assert {"silences", "crosstalks", "holds", "skipped"} <= found.keys()
    assert found["skipped"][0]["remedy"]


def test_a_fresh_folder_gets_an_account_and_is_told_so(first):
    assert "made the account 'local' with analysis switched on" in first.stderr


def test_nothing_that_it_started_runs_on(first, folder):
    sockets = runtime_folder(folder)
    assert not (sockets / ".s.PGSQL.5432").exists()
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_the_same_external_id_is_there_already(run, first, folder, cut):  # noqa: F811
    again = run("ingest", cut.parts[0].path, "--data", folder, "--external-id", "one")
    assert again.returncode == 0, again.stderr
    assert "was there already" in again.stdout


def test_an_account_with_analysis_off_refuses_with_exit_code_3(run, first, folder, cut):  # noqa: F811
    made = run("account", "create", "closed", "--email", "owner@example.com", "--data", folder)
    assert made.returncode == 0, made.stderr
    assert "Analysis is off" in made.stdout
    refused = run("ingest", cut.parts[0].path, "--data", folder, "--account", "closed")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "Analysis is switched off" in refused.stderr
    assert run("account", "enable-analysis", "closed", "--data", folder).returncode == 0
    assert run("ingest", cut.parts[0].path, "--data", folder, "--account", "closed").returncode == 0


def test_bad_options_exit_2_and_leave_no_folder(run, tmp_path, cut):  # noqa: F811
    refused = run("ingest", "--agent", cut.parts[0].path, "--data", tmp_path / "data")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--consumer" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there_exits_2(run, tmp_path):
    refused = run("ingest", "nowhere.wav", "--data", tmp_path / "data")
    assert refused.returncode == 2
    assert "nowhere.wav" in refused.stderr


def test_one_of_several_that_cannot_be_taken_keeps_out_no_other(run, first, folder, tmp_path, cut):  # noqa: F811
    (tmp_path / "empty.wav").touch()
    files = (cut.parts[0].path, tmp_path / "empty.wav", cut.parts[1].path)
    done = run("ingest", *files, "--data", folder, "--account", "local", "--json")
    assert done.returncode == 2, done.stderr
    one, other, refused = map(json.loads, done.stdout.splitlines())
    assert one["created"]
    assert other["created"]
    assert refused["file"].endswith("empty.wav")
    assert "empty" in refused["error"]["message"]


def test_a_person_is_told_who_speaks_and_why_there_are_no_words(run, first, folder, tmp_path, cut):  # noqa: F811
    silent = write_wav(tmp_path / "silent.wav", np.zeros(32_000, np.int16))
    done = run("ingest", silent, cut.parts[0].path, "--data", folder, "--account", "local", "--language", "de", "--wait")
    assert done.returncode == 0, done.stderr
    nobody, somebody = done.stdout.splitlines()
    assert "done · 2 s · nobody speaks · " in nobody
    assert re.search(r"done · 20 s · \d+ s of speech, whose is not known · ", somebody)
    for line in (nobody, somebody):
        assert re.search(
            r"without words: No transcript was delivered and no speech model for German .* → (assay models pull|make setup)", line
        )
