"""Brings the database to the program's version, and refuses roles that could look past row-level security."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config as Alembic
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from backend.db.session import Database
from backend.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 4_815_162_342
_ROLES = ("assay_owner", "assay_app", "assay_system")


def alembic_config(connection: Connection | None = None) -> Alembic:
    settings = Alembic(str(FOLDER / "alembic.ini"))
    if connection is not None:
        settings.attributes["connection"] = connection
    return settings


def _upgrade(connection: Connection) -> None:
    present = set(connection.scalars(text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"), {"names": list(_ROLES)}))
    missing = [name for name in _ROLES if name not in present]
    if missing:
        raise ConfigurationError(f"The database has no role {', '.join(missing)}: create the three roles as the README says.")
    # Two processes that start at once migrate one after the other.
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    command.upgrade(alembic_config(connection), "head")


async def migrate(owner_url: str) -> None:
    """Applies all migrations as the owner. Raises ConfigurationError where a role is missing."""
    engine = create_async_engine(owner_url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def migrate_now(owner_url: str) -> None:
    """`migrate` for callers without an event loop."""
    asyncio.run(migrate(owner_url))


_REACHES = text(
    "SELECT current_user AS name, bool_or(rolsuper) AS superuser, bool_or(rolbypassrls) AS bypasses,"
    " bool_or(EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
    " AND c.relkind = 'r' AND c.relowner = r.oid)) AS owns, bool_or(rolname = 'assay_system') AS system"
    " FROM pg_roles r WHERE pg_has_role(current_user, r.oid, 'MEMBER')"
)
"""What the application's role is, and what it could become by SET ROLE."""


async def check_roles(db: Database) -> None:
    """
    Raises ConfigurationError where the application's role is, or can become, one that row-level security does not hold: a superuser,
    one with BYPASSRLS, an owner of tables, or the system role.
    """
    async with db.app.connect() as connection:
        row = (await connection.execute(_REACHES)).one()
    found = {
        "is a superuser": row.superuser,
        "has BYPASSRLS": row.bypasses,
        "owns tables": row.owns,
        "is a member of assay_system": row.system,
    }
    faults = [fault for fault, there in found.items() if there]
    if faults:
        raise ConfigurationError(
            f"DATABASE_URL connects as {row.name}, which by itself or through another role {' and '.join(faults)}:"
            " row-level security would not hold. Connect as assay_app."
        )
