"""
The second wall: a statement of the application that forgets the account altogether still neither finds, changes, removes nor plants a
row of another account, in any table. Rows are planted past keys and triggers by a superuser, one a table for each of two accounts.
"""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Column, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.db.migrate import check_roles
from backend.db.models import metadata
from backend.db.session import Database
from backend.errors import ConfigurationError

MINE, FOREIGN = 9_000_001, 9_000_002
TABLES = [table for name, table in sorted(metadata.tables.items())]
_numbers = count(50_000)


def _key(table: Table) -> str:
    return "id" if table.name == "account" else "account_id"


def _value(column: Column[Any]) -> Any:
    """Something that fits the column's type."""
    kind = column.type.python_type if type(column.type).__name__ not in {"JSONB", "JSON", "Vector"} else dict
    number = next(_numbers)
    if kind is dict:
        return "{}"
    values = {
        int: number,
        float: 0.5,
        bool: False,
        bytes: os.urandom(8),
        date: date(2026, 1, 2),
        datetime: datetime(2026, 1, 2, tzinfo=UTC),
    }
    return [] if kind is list else values.get(kind, f"v{number}")


async def _plant(connection: AsyncConnection, table: Table, account: int) -> None:
    names = [column for column in table.columns if column.computed is None and (column.primary_key or not column.nullable)]
    given = {column.name: account if column.name == _key(table) else _value(column) for column in names}
    marks = ", ".join(f"CAST(:{c.name} AS jsonb)" if type(c.type).__name__ in {"JSONB", "JSON"} else f":{c.name}" for c in names)
    columns = ", ".join(f'"{c.name}"' for c in names)
    await connection.execute(text(f'INSERT INTO "{table.name}" ({columns}) OVERRIDING SYSTEM VALUE VALUES ({marks})'), given)


@pytest.fixture
async def planted(db):
    """One row a table in each of two accounts; keys and triggers rest until the test is over."""
    connection: AsyncConnection = db.connection
    await connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table in TABLES:
        for account in (MINE, FOREIGN):
            await _plant(connection, table, account)
    return db


async def test_statements_without_any_scoping_reach_no_foreign_row(planted, subtests):
    for table in TABLES:
        key = _key(table)
        with subtests.test(str(table.name)):
            async with planted.reading(MINE) as session:
                seen = (await session.execute(text(f'SELECT {key} FROM "{table.name}"'))).scalars().all()
            assert set(seen) <= {MINE}
            if await _may(planted, table.name, "SELECT"):
                assert seen == [MINE]


async def test_statements_without_any_scoping_change_and_remove_no_foreign_row(planted, subtests):
    for table in TABLES:
        key = _key(table)
        changing = {"UPDATE": f'UPDATE "{table.name}" SET {key} = {key}', "DELETE": f'DELETE FROM "{table.name}"'}
        for right, statement in changing.items():
            with subtests.test(str(table.name), right=right):
                if await _may(planted, table.name, right):
                    async with planted.writing(MINE) as session:
                        await session.execute(text(statement))
                await planted.connection.execute(text("RESET ROLE"))
                left = await planted.connection.execute(text(f'SELECT count(*) FROM "{table.name}" WHERE {key} = {FOREIGN}'))
                assert left.scalar_one() == 1


async def test_no_row_can_be_planted_in_another_account(planted, subtests):
    for table in TABLES:
        if await _may(planted, table.name, "INSERT"):
            with subtests.test(str(table.name)), pytest.raises(DBAPIError, match="row-level security"):
                async with planted.writing(MINE) as session:
                    await _plant(await session.connection(), table, FOREIGN)


async def _may(db, table: str, right: str) -> bool:
    found = await db.connection.execute(text("SELECT has_table_privilege('assay_app', :table, :right)"), {"table": table, "right": right})
    return bool(found.scalar_one())


@pytest.mark.parametrize("through", ["assay_owner", "assay_system"])
async def test_a_role_that_can_become_one_beyond_the_wall_is_refused(cluster, fresh_urls, through: str):
    await asyncio.to_thread(cluster.server.run_sql, f"GRANT {through} TO assay_app")
    database = Database.open(fresh_urls["DATABASE_URL"], fresh_urls["DATABASE_SYSTEM_URL"])
    try:
        with pytest.raises(ConfigurationError, match="connects as assay_app"):
            await check_roles(database)
    finally:
        await asyncio.to_thread(cluster.server.run_sql, f"REVOKE {through} FROM assay_app")
        await database.close()
