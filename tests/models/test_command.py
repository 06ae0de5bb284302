"""`assay models` from its arguments to its exit code, against a local stand-in of a hub."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass

import pytest

from backend.config import Config
from backend.infra.installation import installation
from tests.models.conftest import FILE, NAME, WEIGHTS
from tests.models.hub import FIRST
from workers import cli


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def assay(monkeypatch, capsys, tmp_path):
    """`assay("models", "list", HF_TOKEN="…")`: how the command ended and what it said."""

    def assay(*arguments, **environment):
        monkeypatch.setenv("ASSAY_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("ASSAY_MODELS", str(tmp_path / "models"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["assay", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Done(ended.value.code or 0, *capsys.readouterr())

    return assay


@pytest.fixture
def models(assay, served):
    return lambda *arguments, **more: assay("models", *arguments, MODEL_HUB_URL=served.url, **more)


def test_list_pull_verify(models, tmp_path):
    before = json.loads(models("list", "--language", "de-AT", "--json").stdout)["models"]
    assert {row["name"]: row["state"] for row in before}[NAME] == "absent"
    pulled = models("pull", NAME, "--json", HF_TOKEN="hf_secret")
    assert pulled.returncode == 0, pulled.stderr
    assert json.loads(pulled.stdout)["models"][0] | {"languages": []} == {
        "name": NAME, "source": f"nvidia/{NAME}", "revision": FIRST, "licence": "cc-by-4.0", "fetched": True, "languages": [],
        "bytes": len(WEIGHTS), "files": 1, "licence_verified": True,
    }  # fmt: skip
    assert "hf_secret" not in pulled.stdout + pulled.stderr
    again = models("pull", NAME)
    assert "here already, and unchanged" in again.stdout
    assert "licence CC-BY-4.0" in again.stderr
    assert models("verify").stdout == f"ok     {NAME}\n"
    (tmp_path / "models" / "hub" / NAME / FILE).write_bytes(b"tampered")
    bad = models("verify", "--json")
    assert bad.returncode == 1
    assert json.loads(bad.stdout) == {"models": [{"name": NAME, "well": False, "faults": [{"path": FILE, "fault": "size"}]}]}


DOUBTFUL = {"parakeet-ctc-0.6b-vietnamese", "langid_ambernet"}


def test_licences_that_nobody_has_read_are_said_where_models_are_listed(models, served):
    rows = {row["name"]: row for row in json.loads(models("list", "--json").stdout)["models"]}
    assert {name for name, row in rows.items() if not row["licence_verified"]} == DOUBTFUL
    listed = models("list").stdout
    assert listed.count("! Its licence was not verified. It is published with the model: http") == len(DOUBTFUL)
    assert f"published with the model: {served.url}/nvidia/parakeet-ctc-0.6b-Vietnamese\n" in listed
    assert "! licence not verified: parakeet-ctc-0.6b-vietnamese, langid_ambernet" in listed
    assert "not verified" not in models("list", "--language", "ja").stdout


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_licence_that_nobody_has_read_is_said_where_the_model_is_pulled(models, tmp_path, more):
    (tmp_path / "brought").mkdir()
    (tmp_path / "brought" / "ambernet.nemo").write_bytes(b"weights")
    done = models("pull", "langid_ambernet", "--from", tmp_path / "brought", *more)
    assert done.returncode == 0, done.stderr
    assert "! The licence of langid_ambernet was not verified" in done.stderr
    assert "https://api.ngc.nvidia.com" in done.stderr
    if more:
        assert json.loads(done.stdout)["models"][0]["licence_verified"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["pull"], 2, "Say which model"),
        (["pull", "parakeet"], 2, "no such model"),
        (["pull", NAME, "--revision", "0" * 40], 2, "--revision"),
        (["pull", "--language", "tlh"], 2, "covers this language"),
        (["pull", "speaker-diarization-community-1"], 1, "--accept-licence"),
        (["verify", NAME], 2, "not been pulled"),
        (["list", "--language", "tlh"], 2, "covers this language"),
    ],
)
def test_refusals_have_their_exit_codes(models, arguments, code, says):
    done = models(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["asr", "diarization", "translation"])
def test_the_remedies_of_the_doctor_are_commands_that_work(kind, tmp_path, models):
    found = next(each for each in installation(Config(ASSAY_DATA=tmp_path)).components if each.kind == kind)
    if found.remedy == "make setup SPEECH=1":
        pytest.skip("the engine is not installed: that comes first (make setup SPEECH=1)")
    command = re.match(r"assay models (pull (?:--language )?[\w-]+)", found.remedy)
    done = models(*command[1].split(), "--accept-licence", HF_TOKEN="t")
    assert done.returncode == 0, done.stderr
