"""The end of retention: a conversation goes with all that came from it, and the audit log keeps that it did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from backend.audit.tables import AuditEntry
from backend.authz.actor import system
from backend.clock import utc_now
from backend.db.models import metadata
from backend.interactions import repository
from backend.interactions.rules import TranscriptFile
from backend.search.service import matching
from backend.settings import service as settings
from tests.api.seed import add_interaction
from workers.retention import purge, purge_expired

SAYS = "WEBVTT\n\n00:00.000 --> 00:03.000\n<v Lena>{}\n\n00:03.500 --> 00:08.000\n<v Rosa>{}\n"


@pytest.fixture
def call(ingest, tmp_path, sides):
    """A call with a recording and a transcript, of so many days ago."""

    async def call(days, *said, **facts):
        path = tmp_path / f"call-{days}-{len(said)}-{abs(hash(said))}.vtt"
        path.write_text(SAYS.format(*said))
        facts = {"parts": sides, "language": "en", "started_at": utc_now() - timedelta(days=days)} | facts
        return await ingest(transcript=TranscriptFile(path, "call.vtt"), **facts)

    return call


@pytest.fixture
def keep(db, world):
    async def keep(days):
        async with db.writing(world.id) as session:
            await settings.update(session, system(world.id), {"retention_days": days}, version=None, engines=())

    return keep


@pytest.fixture
def count(db, world):
    """How many of the account's rows a table has, all or those of an interaction."""

    async def count(table, of=None, column="interaction_id"):
        async with db.reading(world.id) as session:
            return await session.scalar(text(f"SELECT count(*) FROM {table}" + (f" WHERE {column} = {of}" if of else "")))

    return count


@pytest.fixture
def rows_of(count):
    """How many rows of each table belong to an interaction."""
    tables = [name for name, table in metadata.tables.items() if "interaction_id" in table.columns]

    async def rows_of(number):
        return {name: await count(name, number) for name in tables} | {"interaction": await count("interaction", number, "id")}

    return rows_of


async def test_what_is_older_goes_whole_and_what_is_younger_stays_whole(db, world, deps, call, finish, keep, rows_of, count):
    old = await call(31, "Thank you for calling about zebras.", "My bill is wrong.")
    await finish()
    files = set(deps.store.objects)
    young = await call(29, "Thank you for calling.", "My phone is wrong.")
    await finish()
    before, there = await rows_of(young), await rows_of(old)
    assert all(there[name] for name in ("activity", "transcript", "analysis", "search_document", "speaker_role", "metrics"))
    await keep(30)
    assert await purge_expired(deps) == 1
    assert set((await rows_of(old)).values()) == {0}
    assert await rows_of(young) == before
    assert files
    assert not files & deps.store.objects.keys()
    assert deps.store.objects
    assert (await count("engagement"), await count("recording"), await count("interaction")) == (1, 1, 1)
    async with db.reading(world.id) as session:
        sealer = await deps.sealers.of(session, world.id)
        assert await matching(session, sealer, "zebras") == []
        assert await matching(session, sealer, "wrong") == [young]
        assert await matching(session, sealer, '"thank you for calling"') == [young]
        kept = {sealer.open(row.sealed, table="search_term", column="sealed", row=row.id) for row in await session.execute(
            text("SELECT id, sealed FROM search_term"))}  # fmt: skip
        entry = (await session.execute(select(AuditEntry).where(col(AuditEntry.action) == "interaction.purge"))).scalar_one()
    assert b"zebras" not in kept
    assert b"wrong" in kept
    assert (entry.object_id, entry.actor_kind, entry.detail["days"]) == (old, "system", 30)
    assert await purge_expired(deps) == 0


async def test_without_a_number_of_days_nothing_goes(deps, call, keep, count):
    number = await call(3_000, "Hello.", "Hello.")
    assert await purge_expired(deps) == 0
    await keep(30)
    await keep(None)
    assert await purge_expired(deps) == 0
    assert await count("interaction", number, "id") == 1


async def test_what_is_being_worked_on_stays_until_the_next_time(deps, call, keep):
    number = await call(31, "Hello.", "Hello.")
    await keep(30)
    async with deps.db.advisory(number) as held:
        assert held
        assert await purge_expired(deps) == 0
    assert await purge_expired(deps) == 1


async def test_a_recording_stays_while_another_conversation_is_cut_from_it(db, world, deps, call, keep, finish, count):
    first = await call(31, "Hello.", "Hello.")
    await finish()
    async with db.reading(world.id) as session:
        row = await repository.interaction(session, world.id, first)
    second = await add_interaction(
        db, world, engagement=row.engagement_id, recording_id=row.recording_id, position=2, from_ms=5_000, started_at=utc_now()
    )
    files = set(deps.store.objects)
    await keep(30)
    assert await purge_expired(deps) == 1
    assert set(deps.store.objects) == files
    async with db.writing(world.id) as session:
        await repository.set_values(session, second.id, started_at=utc_now() - timedelta(days=40))
    assert await purge_expired(deps) == 1
    assert deps.store.objects == {}
    assert (await count("recording"), await count("engagement")) == (0, 0)


async def test_other_accounts_keep_what_is_theirs(db, deps, call, keep, new_account, count):
    number = await call(31, "Hello.", "Hello.")
    await keep(30)
    other = await new_account(db)
    assert not await purge(deps, other.id, number)
    assert await count("interaction", number, "id") == 1


async def test_a_crash_before_the_rows_are_gone_is_made_good(deps, call, keep, finish, rows_of, monkeypatch):
    number = await call(31, "Hello.", "Hello.")
    await finish()
    await keep(30)
    with monkeypatch.context() as broken:
        broken.setattr("workers.retention.audit.record", lambda *given, **named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await purge_expired(deps)
    assert deps.store.objects == {}
    assert (await rows_of(number))["interaction"] == 1
    assert await purge_expired(deps) == 1
    assert set((await rows_of(number)).values()) == {0}
