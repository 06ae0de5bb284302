"""Pulling against a local stand-in of a hub: pinned, verified, resumed, refused."""

from __future__ import annotations

import hashlib
import json

import pytest

from backend.errors import ConfigurationError, InvalidInput
from backend.infra.installation import speech_models
from backend.infra.models import lock
from backend.infra.models.catalogue import find
from backend.infra.models.hub import Hub
from tests.models.conftest import FILE, NAME, SOURCE, WEIGHTS
from tests.models.hub import FIRST, SECOND, Serving, StandIn


def held(folder):
    return json.loads((folder / lock.NAME).read_text())["models"]


def test_the_first_pull_records_revision_sizes_and_hashes_and_the_engine_finds_the_file(bring, folder):
    locked, fetched = bring()
    assert fetched
    assert held(folder) == [
        {
            "name": NAME, "source": SOURCE, "revision": FIRST, "licence": "cc-by-4.0", "languages": list(find(NAME).languages),
            "files": [{"path": FILE, "size": len(WEIGHTS), "sha256": hashlib.sha256(WEIGHTS).hexdigest()}],
        }
    ]  # fmt: skip
    assert set(speech_models(folder)) == set(locked.languages)
    assert speech_models(folder)["de"].read_bytes() == WEIGHTS
    assert not (folder / "hub" / ".partial" / NAME).exists()


def test_the_pin_holds_when_the_hub_moves_on_and_another_comes_by_hand_alone(bring, hub, folder):
    bring()
    hub.newest[SOURCE] = SECOND
    (folder / "hub" / NAME / FILE).unlink()
    assert bring()[0].revision == FIRST
    assert speech_models(folder)["en"].read_bytes() == WEIGHTS
    assert bring(revision=SECOND)[0].revision == SECOND
    assert speech_models(folder)["en"].read_bytes() == b"other weights"
    assert bring() == (lock.read(folder)[NAME], False)


def test_what_is_here_and_unchanged_is_not_asked_for_again(bring, hub):
    bring()
    hub.asked.clear()
    assert bring()[1] is False
    assert hub.asked == []


def test_a_cut_download_goes_on_where_it_stopped(bring, hub, folder):
    hub.cut_after[FILE] = 1_500_000
    bring()
    ranges = [span for path, span, _ in hub.asked if path.endswith(FILE)]
    assert ranges == [None, "bytes=1500000-"]
    assert lock.faults(folder, lock.read(folder)[NAME]) == []


def test_what_came_before_a_lasting_cut_is_kept_for_the_next_command(bring, hub, folder, served):
    class Down(dict):
        def pop(self, name, default=None):
            return 400_000

    hub.cut_after = Down()
    with pytest.raises(ConfigurationError, match=r"1,600,000 of 3,072,000 bytes .* kept.*again to go on"):
        bring()
    assert held_nothing(folder)
    hub.cut_after = {}
    hub.asked.clear()
    bring()
    assert [span for path, span, _ in hub.asked if path.endswith(FILE)] == ["bytes=1600000-"]


def held_nothing(folder):
    return not (folder / lock.NAME).exists() and speech_models(folder) == {}


def test_bytes_that_are_not_what_the_hub_promised_are_thrown_away(bring, hub, folder):
    hub.served[FILE] = b"x" + WEIGHTS[1:]
    with pytest.raises(ConfigurationError, match="not the file that it should be"):
        bring()
    assert held_nothing(folder)
    assert not list(folder.rglob(f"*{FILE}"))


def test_small_files_are_held_to_their_git_hash(bring, hub, folder):
    hub.served["config.yaml"] = b"pipeline: []"
    with pytest.raises(ConfigurationError, match=r"config.yaml is not the file"):
        bring("speaker-diarization-community-1", token="t", accepted=True)
    assert held_nothing(folder)


def test_a_hub_that_changes_a_revision_under_its_name_is_refused(bring, hub, folder):
    bring()
    (folder / "hub" / NAME / FILE).unlink()
    hub.repositories[SOURCE][FIRST] = {FILE: b"evil"}
    with pytest.raises(ConfigurationError, match=f"revision {FIRST}.*Nothing was changed"):
        bring()
    with pytest.raises(ConfigurationError, match="Nothing was changed"):
        bring(revision=FIRST)


def test_a_file_that_changed_here_is_found_refused_at_load_and_pulled_again(bring, folder):
    locked, _ = bring()
    path = folder / "hub" / NAME / FILE
    path.write_bytes(b"x" + WEIGHTS[1:])
    assert lock.faults(folder, locked) == [lock.Fault(FILE, "changed")]
    with pytest.raises(ConfigurationError, match=r"not what was pulled.*assay models pull"):
        lock.require_unchanged(folder, speech_models(folder)["en"])
    assert bring()[1] is True
    lock.require_unchanged(folder, speech_models(folder)["en"])


def test_what_was_put_by_hand_is_taken_on_the_operators_word(bring, folder):
    bring(languages=("de",))
    own = folder / "asr" / "en" / "own.nemo"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"own")
    lock.require_unchanged(folder, own)
    (folder / "asr" / "en" / FILE).write_bytes(b"by hand")
    with pytest.raises(ConfigurationError, match=r"was not pulled\. Move it away"):
        bring(languages=("en",))


@pytest.mark.parametrize("revision", ["c" * 40, "no/such branch"])
def test_a_wrong_revision_is_named(bring, folder, revision):
    with pytest.raises(InvalidInput) as refusal:
        bring(revision=revision)
    assert (refusal.value.pointer, refusal.value.value) == ("--revision", revision)
    assert held_nothing(folder)


def test_gated_models_need_a_word_and_a_token_that_stays_with_the_hub(bring, hub):
    with pytest.raises(ConfigurationError, match=r"--accept-licence"):
        bring("speaker-diarization-community-1")
    with pytest.raises(ConfigurationError, match="HF_TOKEN"):
        bring("speaker-diarization-community-1", accepted=True)
    hub.asked.clear()
    bring("speaker-diarization-community-1", accepted=True, token="hf_secret")
    assert {token for _, _, token in hub.asked} == {"Bearer hf_secret"}


def test_the_token_does_not_follow_a_download_to_another_host(bring, hub):
    hub.gated.clear()
    store = StandIn(hub.repositories, hub.newest)
    with Serving(store) as serving:
        hub.elsewhere = serving.url
        bring("speaker-diarization-community-1", accepted=True, token="hf_secret")
    assert len(store.asked) == 4
    assert {token for _, _, token in store.asked} == {None}


def test_a_pipeline_and_translation_models_lie_where_their_engines_look(bring, folder):
    bring("speaker-diarization-community-1", token="t", accepted=True)
    assert (folder / "diarization" / "config.yaml").read_bytes() == b"pipeline: {}"
    assert (folder / "diarization" / "plda" / "plda.npz").is_file()
    bring("opus-mt-mul-en", languages=("de", "fr"))
    assert sorted(each.name for each in (folder / "translation").iterdir()) == ["de", "fr"]
    assert sorted(each.name for each in (folder / "translation" / "de").iterdir()) == [
        "config.json", "pytorch_model.bin", "source.spm", "target.spm", "vocab.json",
    ]  # fmt: skip
    with pytest.raises(InvalidInput, match="does not cover"):
        bring("opus-mt-mul-en", languages=("tlh",))


def test_a_machine_without_internet_takes_another_models_folder_verified(bring, folder, tmp_path):
    bring()
    stick = folder.rename(tmp_path / "stick")
    (stick / "hub" / NAME / FILE).write_bytes(b"x" + WEIGHTS[1:])
    with pytest.raises(ConfigurationError, match="not the file that it should be"):
        bring(source=stick)
    (stick / "hub" / NAME / FILE).write_bytes(WEIGHTS)
    assert bring(source=stick)[0].revision == FIRST


def test_a_plain_folder_is_recorded_as_it_is_and_held_to(bring, folder, tmp_path):
    loose = tmp_path / "loose"
    loose.mkdir()
    with pytest.raises(ConfigurationError, match="No model"):
        bring(source=loose)
    (loose / FILE).write_bytes(WEIGHTS)
    assert bring(source=loose)[0].revision is None
    (folder / "hub" / NAME / FILE).unlink()
    (loose / FILE).write_bytes(b"x" + WEIGHTS[1:])
    with pytest.raises(ConfigurationError, match="not the file that it should be"):
        bring(source=loose)
    assert bring()[0].revision == FIRST, "the hub has the same bytes, and says which revision they are"


def test_names_that_leave_the_folder_are_refused(bring, hub, folder):
    hub.repositories[SOURCE][FIRST]["../../evil.nemo"] = b"x"
    with pytest.raises(ConfigurationError, match="outside the model's folder"):
        bring()
    assert held_nothing(folder)


@pytest.mark.parametrize("url", ["ftp://hub", "hub", "file:///etc"])
def test_only_http_addresses_are_hubs(url):
    with pytest.raises(ConfigurationError, match="MODEL_HUB_URL"):
        Hub(url)


def test_one_process_at_a_time_changes_the_folder(bring, folder):
    with lock.alone(folder), pytest.raises(ConfigurationError, match="Another process"):
        bring()


def test_a_damaged_lock_is_said(bring, folder):
    bring()
    (folder / lock.NAME).write_text("{}")
    with pytest.raises(ConfigurationError, match="damaged"):
        bring()
