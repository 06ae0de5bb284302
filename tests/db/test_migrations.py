"""The migrations make exactly the tables that the code names."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from backend.db.models import metadata


async def test_the_schema_has_not_drifted_from_the_tables(fresh_urls):
    engine = create_async_engine(fresh_urls["DATABASE_OWNER_URL"])
    async with engine.connect() as connection:
        differences = await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), metadata))
    await engine.dispose()
    assert differences == []
