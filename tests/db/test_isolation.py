"""Row-level security stands by itself: without any scoping by the application no foreign row comes back."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.db import doors
from backend.db.migrate import check_roles
from backend.db.models import metadata
from backend.db.session import Database, engine_of
from backend.errors import ConfigurationError

TABLES = sorted(metadata.tables)


@pytest.mark.parametrize("table", TABLES)
async def test_every_table_forces_row_level_security(db, table):
    found = text("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = to_regclass(:t)")
    row = (await db.connection.execute(found, {"t": table})).one()
    assert (row.relrowsecurity, row.relforcerowsecurity) == (True, True)


@pytest.mark.parametrize("table", [name for name in TABLES if name != "account"])
async def test_every_key_begins_with_the_account(table):
    assert next(iter(metadata.tables[table].primary_key.columns)).name == "account_id"


async def test_unscoped_statements_return_only_the_accounts_own_rows(db, new_account):
    first, second = await new_account(db), await new_account(db)
    for table in ("person", "agent", "team", "seat", "account_settings", "account_key"):
        async with db.reading(first.id) as session:
            accounts = set((await session.execute(text(f"SELECT account_id FROM {table}"))).scalars())
        assert accounts == {first.id}, table
    assert second.id != first.id


async def test_without_an_account_nothing_is_visible(db, world):
    async with db.anonymous() as connection:
        assert (await connection.execute(text("SELECT id FROM person"))).all() == []


async def test_a_row_of_another_account_cannot_be_written(db, new_account):
    first, second = await new_account(db), await new_account(db)
    with pytest.raises(DBAPIError, match="row-level security"):
        async with db.writing(first.id) as session:
            await session.execute(text("INSERT INTO team (account_id, name) VALUES (:a, 'x')"), {"a": second.id})


async def test_the_audit_log_can_only_grow(db, world):
    with pytest.raises(DBAPIError, match="permission denied"):
        async with db.writing(world.id) as session:
            await session.execute(text("DELETE FROM audit_entry"))


@pytest.mark.parametrize("table", ["transcript", "analysis", "person", "delivered_transcript", "search_posting"])
async def test_the_system_role_reads_no_content(db, world, table):
    with pytest.raises(DBAPIError, match="permission denied"):
        async with db.as_system() as connection:
            await connection.execute(text(f"SELECT * FROM {table}"))


async def test_doors_give_ids(db, world):
    assert await doors.account_by_slug(db, world.slug) == world.id
    assert await doors.account_by_slug(db, "nobody") is None
    assert world.id in await doors.accounts(db)
    assert await doors.session_owner(db, b"unknown") is None
    assert await doors.token_owner(db, b"unknown") is None


async def test_a_role_that_owns_the_tables_is_refused(fresh_urls):
    database = Database(engine_of(fresh_urls["DATABASE_OWNER_URL"]), engine_of(fresh_urls["DATABASE_SYSTEM_URL"]))
    with pytest.raises(ConfigurationError, match="owns tables"):
        await check_roles(database)
    await database.close()


async def test_the_applications_role_is_accepted(fresh_db):
    await check_roles(fresh_db)
