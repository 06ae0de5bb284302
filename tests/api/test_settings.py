"""Settings over GraphQL: what can be chosen, and how a change is refused."""

from __future__ import annotations

import pytest

from backend.graphql.ids import global_id
from backend.infra.installation import Component, Installation
from backend.settings.rules import LANGUAGES
from tests.api.seed import add_interaction

ALL = """{ settings { version updatedAt updatedBy { name } analysisEnabled thresholds { silenceMs silenceOn crosstalkMs crosstalkOn }
    acknowledgement { required withinDays } retention { days } effects { setting effect }
    transcription { engine useDeliveredTranscripts engines { key name available languages missing remedy }
        languages { code name on beta engine models inflections } } } }"""
UPDATE = """mutation ($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename
    ... on InvalidInput { pointer value message } ... on Conflict { code message }
    ... on UpdateSettingsPayload { settings { version retention { days } updatedBy { name }
        transcription { languages { code on } } } } } }"""


@pytest.fixture
async def owner(world, as_person):
    return await as_person(world, "admin")


async def update(client, **given):
    return (await client.ask(UPDATE, input={"version": 1, **given}))["updateSettings"]


async def test_what_a_new_account_has_decided(owner):
    found = (await owner.ask(ALL))["settings"]
    assert (found["version"], found["updatedBy"], found["retention"]) == (1, None, {"days": None})
    assert found["thresholds"] == {"silenceMs": 5_000, "silenceOn": True, "crosstalkMs": 2_000, "crosstalkOn": True}
    assert found["acknowledgement"] == {"required": False, "withinDays": 7}
    assert all(each["effect"].endswith(".") for each in found["effects"])


async def test_engines_come_from_the_installation_and_languages_are_eighteen(owner):
    found = (await owner.ask(ALL))["settings"]["transcription"]
    assert [engine["key"] for engine in found["engines"]] == ["nemo", "none"]
    assert found["engine"] == "nemo"
    nemo = found["engines"][0]
    assert not nemo["available"]
    assert nemo["missing"]
    assert nemo["remedy"]
    assert [each["code"] for each in found["languages"]] == list(LANGUAGES)
    assert [each["code"] for each in found["languages"] if not each["beta"]] == ["en"]
    assert {each["on"] for each in found["languages"]} == {True}
    assert {each["engine"] for each in found["languages"]} == {None}
    assert {each["code"]: each["models"][0] for each in found["languages"]}["ja"] == "parakeet-tdt_ctc-0.6b-ja"
    assert [each["code"] for each in found["languages"] if not each["inflections"]] == ["zh", "ja", "ko", "uk", "vi"]


async def test_an_installed_model_says_which_language_it_recognises(owner, monkeypatch):
    parts = (Component("asr", "NeMo ASR", "3.0.0", True, ("de", "en"), key="nemo"), Component("activity", "Silero VAD", "6", True))
    monkeypatch.setattr("backend.settings.types.installation", lambda config: Installation("1", "1", parts))
    found = (await owner.ask(ALL))["settings"]["transcription"]
    assert {each["code"]: each["engine"] for each in found["languages"] if each["engine"]} == {"en": "NeMo ASR", "de": "NeMo ASR"}


async def test_a_change_answers_with_what_is_now(owner):
    found = await update(owner, retentionDays=90, languages=["en", "de"])
    assert found["settings"]["version"] == 2
    assert found["settings"]["retention"] == {"days": 90}
    assert found["settings"]["updatedBy"] == {"name": "Admin"}
    assert [each["code"] for each in found["settings"]["transcription"]["languages"] if each["on"]] == ["en", "de"]
    again = await update(owner, version=2, retentionDays=None)
    assert again["settings"]["retention"] == {"days": None}
    entry = (await owner.ask("{ auditLog(first: 1) { edges { node { sentence address } } } }"))["auditLog"]["edges"][0]["node"]
    assert entry == {"sentence": "Changed the settings: days of retention from 90 to none.", "address": "127.0.0.1"}


async def test_a_stale_version_is_a_conflict(owner):
    await update(owner, silenceOn=False)
    found = await update(owner, silenceOn=True)
    assert (found["__typename"], found["code"]) == ("Conflict", "conflict")


async def test_a_call_whose_language_was_off_can_be_run_again(db, world, owner):
    query = "query ($id: ID!) { interaction(id: $id) { progress { status reason } viewerCan { retry assignSpeakerRole } } }"
    retry = "mutation ($id: ID!) { retryAnalysis(id: $id) { __typename ... on InvalidInput { message pointer } } }"
    facts = {"stage": "none", "language": "de"}
    off = await add_interaction(db, world, failure="The language German is switched off under Settings.", **facts)
    sealed = await add_interaction(db, world, end_to_end_encrypted=True, **facts)
    await update(owner, languages=["en"])
    can = {}
    for name, row in (("off", off), ("sealed", sealed)):
        found = (await owner.ask(query, id=global_id("Interaction", row.id)))["interaction"]
        assert found["progress"]["status"] == "NOT_ANALYSED"
        can[name] = found["viewerCan"]
    assert can == {name: {"retry": name == "off", "assignSpeakerRole": False} for name in ("off", "sealed")}
    refused = (await owner.ask(retry, id=global_id("Interaction", off.id)))["retryAnalysis"]
    assert (refused["__typename"], refused["pointer"]) == ("InvalidInput", "/id")
    assert "German is switched off" in refused["message"]
    await update(owner, version=2, languages=list(LANGUAGES))
    assert (await owner.ask(retry, id=global_id("Interaction", off.id)))["retryAnalysis"]["__typename"] == "RetryAnalysisPayload"
    refused = (await owner.ask(retry, id=global_id("Interaction", sealed.id)))["retryAnalysis"]
    assert "encrypted" in refused["message"]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"silenceMs": 1}, "/input/silenceMs"),
        ({"engine": "fake"}, "/input/engine"),
        ({"languages": ["xx"]}, "/input/languages/0"),
        ({"acknowledgementDays": 0}, "/input/acknowledgementDays"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_place(owner, given, pointer):
    found = await update(owner, **given)
    assert (found["__typename"], found["pointer"]) == ("InvalidInput", pointer)
