"""What an account decides, and who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.audit.tables import AuditEntry
from backend.authz.actor import Actor, system
from backend.errors import AnalysisOff, Conflict, InvalidInput, NotPermitted
from backend.roles.service import permissions_of
from backend.settings import rules, service

ENGINES = {"nemo", rules.NO_ENGINE}


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


async def change(db, world, *, version=None, **given):
    async with db.writing(world.id) as session:
        return await service.update(session, owner(world), given, version=version, engines=ENGINES, address="192.0.2.7")


async def entries(db, world):
    async with db.reading(world.id) as session:
        rows = await session.execute(select(AuditEntry).where(col(AuditEntry.action) == "settings.change").order_by(col(AuditEntry.id)))
        return list(rows.scalars())


async def test_analysis_is_off_until_it_is_switched_on(db, new_account):
    world = await new_account(db, analysis=False)
    async with db.writing(world.id) as session:
        with pytest.raises(AnalysisOff):
            await service.require_analysis(session, world.id)
        await service.switch_analysis(session, owner(world), on=True)
    async with db.reading(world.id) as session:
        assert (await service.require_analysis(session, world.id)).version == 2


async def test_a_qm_admin_does_not_decide_for_the_account(db, world):
    member = Actor(world.id, world.users["admin"], has_seat=True, permissions=permissions_of(["admin"]))
    async with db.writing(world.id) as session:
        with pytest.raises(NotPermitted):
            await service.switch_analysis(session, member, on=False)
        with pytest.raises(NotPermitted):
            await service.update(session, member, {"silence_ms": 4_000}, version=None, engines=ENGINES)


async def test_every_setting_is_kept_and_its_change_is_on_record(db, world):
    given = {
        "analysis_enabled": False, "silence_ms": 4_000, "silence_on": False, "crosstalk_ms": 1_500, "crosstalk_on": False,
        "acknowledgement_required": True, "acknowledgement_days": 3, "retention_days": 400, "engine": "none", "languages": ["en", "de"],
        "use_delivered_transcripts": False,
    }  # fmt: skip
    assert given.keys() == rules.NAMES.keys()
    before = service.values(await change(db, world))
    row = await change(db, world, version=1, **given)
    assert service.values(row) == given | {"languages": ["de", "en"]}
    assert (row.version, row.updated_by) == (2, world.users["admin"])
    [entry] = await entries(db, world)
    assert (entry.actor_id, entry.address, entry.object_type) == (world.users["admin"], "192.0.2.7", "Account")
    changes = {each["setting"]: (each["old"], each["new"]) for each in entry.detail["changes"]}
    assert changes == {rules.NAMES[name]: (before[name], service.values(row)[name]) for name in rules.NAMES}


async def test_what_changes_nothing_leaves_no_trace(db, world):
    row = await change(db, world, silence_ms=5_000, languages=list(rules.LANGUAGES))
    assert (row.version, row.updated_by, await entries(db, world)) == (1, None, [])


async def test_who_looked_at_older_settings_does_not_overwrite_newer_ones(db, world):
    await change(db, world, version=1, silence_ms=4_000)
    with pytest.raises(Conflict):
        await change(db, world, version=1, silence_ms=3_000)
    assert (await change(db, world, version=2)).silence_ms == 4_000


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"silence_ms": 99}, "/input/silenceMs"),
        ({"silence_ms": None}, "/input/silenceMs"),
        ({"crosstalk_ms": 600_001}, "/input/crosstalkMs"),
        ({"acknowledgement_days": 0}, "/input/acknowledgementDays"),
        ({"acknowledgement_days": 366}, "/input/acknowledgementDays"),
        ({"retention_days": 0}, "/input/retentionDays"),
        ({"retention_days": 3_651}, "/input/retentionDays"),
        ({"engine": "fake"}, "/input/engine"),
        ({"engine": None}, "/input/engine"),
        ({"languages": []}, "/input/languages"),
        ({"languages": None}, "/input/languages"),
        ({"languages": ["en", "tlh"]}, "/input/languages/1"),
        ({"silence_on": None}, "/input/silenceOn"),
    ],
)
async def test_what_cannot_be_is_refused_whole(db, world, given, pointer):
    with pytest.raises(InvalidInput) as refused:
        await change(db, world, use_delivered_transcripts=False, **given)
    assert refused.value.pointer == pointer
    async with db.reading(world.id) as session:
        found = await service.settings_of(session, world.id)
    assert (found.version, found.use_delivered_transcripts) == (1, True)


async def test_retention_can_be_taken_back(db, world):
    assert (await change(db, world, retention_days=30)).retention_days == 30
    assert (await change(db, world, retention_days=None)).retention_days is None


async def test_the_command_line_is_on_record_as_the_program_itself(db, world):
    async with db.writing(world.id) as session:
        row = await service.switch_analysis(session, system(world.id), on=False)
    [entry] = await entries(db, world)
    assert (row.updated_by, entry.actor_id, entry.actor_kind) == (None, None, "system")


def test_there_are_english_and_seventeen_more():
    assert len(rules.LANGUAGES) == 18
    assert next(iter(rules.LANGUAGES)) == "en"


def test_every_setting_says_when_it_takes_effect():
    groups = dict.fromkeys(("silenceMs", "silenceOn", "crosstalkMs", "crosstalkOn"), "thresholds") | {
        "acknowledgementRequired": "acknowledgement", "acknowledgementDays": "acknowledgement", "retentionDays": "retention",
    }  # fmt: skip
    assert {groups.get(name, name) for name in rules.NAMES.values()} == rules.EFFECTS.keys()


def test_only_a_language_that_is_off_is_refused():
    assert "German" in rules.language_refusal("de", ["de", "fr"])
    assert rules.language_refusal("en", ["de", "fr"]) is None
    assert rules.language_refusal(None, ["de"]) is None
    assert rules.language_refusal("cs", ["de"]) is None
