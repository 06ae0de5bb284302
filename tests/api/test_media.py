"""Recordings over HTTP: whole, in ranges, to those who may see the interaction."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.audit.tables import AuditEntry
from backend.graphql.ids import global_id
from tests.api.seed import add_interaction, add_recording

BODY = os.urandom(200_000)  # several sealed segments


@pytest.fixture
async def address(db, world, vault) -> str:
    row = await add_interaction(db, world)
    await add_recording(db, vault, row, BODY, b"\x02\x00\x00\x00wave")
    return f"/media/{global_id('Interaction', row.id)}"


@pytest.fixture
async def http(world, as_person):
    return (await as_person(world, "agent")).http


async def test_the_whole_recording(http, address):
    response = await http.get(address)
    assert (response.status_code, response.content) == (200, BODY)
    assert response.headers["content-type"] == "audio/mp4"
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["accept-ranges"] == "bytes"
    peaks = await http.get(address + "/peaks")
    assert peaks.content == b"\x02\x00\x00\x00wave"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-", 0, 200_000),
        ("bytes=65530-65546", 65_530, 65_547),
        ("bytes=-10", 199_990, 200_000),
        ("bytes=199999-999999", 199_999, 200_000),
        ("bytes=-999999", 0, 200_000),
    ],
)
async def test_a_range(http, address, asked, start, end):
    response = await http.get(address, headers={"range": asked})
    assert response.status_code == 206
    assert response.content == BODY[start:end]
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/200000"
    assert response.headers["content-length"] == str(end - start)


async def test_a_range_beyond_the_end(http, address):
    response = await http.get(address, headers={"range": "bytes=200000-"})
    assert (response.status_code, response.headers["content-range"]) == (416, "bytes */200000")


async def test_a_range_of_another_body_gives_the_whole(http, address):
    etag = (await http.head(address)).headers["etag"]
    for tag, status in ((etag, 206), ('"other"', 200)):
        assert (await http.get(address, headers={"range": "bytes=0-9", "if-range": tag})).status_code == status


async def test_head_sends_no_body(http, address):
    response = await http.head(address)
    assert (response.status_code, response.content, response.headers["content-length"]) == (200, b"", "200000")


async def test_what_is_not_there_is_404(http, db, world, address, store):
    without = await add_interaction(db, world)
    for missing in (f"/media/{global_id('Interaction', without.id)}", "/media/nonsense", address.replace("/media/", "/media/x")):
        assert (await http.get(missing)).status_code == 404, missing
    store.objects.clear()
    assert (await http.get(address)).status_code == 404


async def test_opening_a_recording_is_noted_once_a_playing(http, db, world, address):
    await http.get(address, headers={"range": "bytes=0-99"})
    await http.get(address, headers={"range": "bytes=100-"})
    async with db.reading(world.id) as session:
        rows = (await session.execute(select(AuditEntry).where(col(AuditEntry.action) == "media.open"))).scalars().all()
    assert [row.actor_id for row in rows] == [world.users["agent"]]
