"""Accounts that had seats before there were licences keep them."""

from __future__ import annotations

from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from backend.accounts import teams
from backend.authz.actor import system
from backend.db.migrate import alembic_config
from backend.db.session import Database
from backend.licensing import service

BEFORE = (
    "INSERT INTO account (id, slug, name, region, timezone, created_at) VALUES (901, 'old', 'Old', 'eu', 'UTC', now())",
    "INSERT INTO person (account_id, id, email, name, account_role, locale, active, created_at)"
    " SELECT 901, n, n || '@example.com', 'P' || n, 'member', 'en', true, now() FROM generate_series(9001, 9013) n",
    "INSERT INTO seat (account_id, user_id, source, assigned_at) SELECT 901, id, 'manual', now() FROM person WHERE id < 9013",
    "INSERT INTO team (account_id, id, name) VALUES (901, 7, 'north')",
)


async def move(url: str, *, up: bool) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        step, target = (command.upgrade, "head") if up else (command.downgrade, "0001")
        await connection.run_sync(lambda sync: step(alembic_config(sync), target))
    await engine.dispose()


async def test_seats_move_into_a_licence_and_back(fresh_urls):
    owner = fresh_urls["DATABASE_OWNER_URL"]
    await move(owner, up=False)
    database = Database.open(fresh_urls["DATABASE_URL"], fresh_urls["DATABASE_SYSTEM_URL"])
    async with database.writing(901) as session:
        for statement in BEFORE:
            await session.execute(text(statement))
    await database.close()
    await move(owner, up=True)
    async with database.writing(901) as session:
        (room,) = await service.rooms_of(session, 901)
        assert (room.key, room.seats, room.used) == ("qm", 12, 12)
        await teams.delete(session, system(901), team_id=7)
        await teams.create(session, system(901), name="north")
    await database.close()
    await move(owner, up=False)
    async with database.reading(901) as session:
        assert await session.scalar(text("SELECT count(*) FROM seat")) == 12
        assert await session.scalar(text("SELECT count(DISTINCT name) FROM team")) == 2
    await database.close()
