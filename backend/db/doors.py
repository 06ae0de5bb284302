"""
The doors before the account is known: functions of the database that return ids, never content.

They belong to the role `assay_system`, which holds rights on the few columns they name; the application may call them and nothing more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from backend.db.session import Database


@dataclass(frozen=True, slots=True)
class OutboxItem:
    account_id: int
    id: int
    event: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unfinished:
    account_id: int
    interaction_id: int
    stage: str


@dataclass(frozen=True, slots=True)
class SessionOwner:
    account_id: int
    session_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class TokenOwner:
    account_id: int
    token_id: int


async def account_by_slug(db: Database, slug: str) -> int | None:
    """The account that signs in under this name."""
    async with db.anonymous() as connection:
        value = await connection.scalar(text("SELECT door_account_by_slug(:slug)"), {"slug": slug})
    return None if value is None else int(value)


async def session_owner(db: Database, token_hash: bytes) -> SessionOwner | None:
    """Whose session this is, if it has not expired."""
    async with db.anonymous() as connection:
        row = (await connection.execute(text("SELECT * FROM door_session_owner(:hash)"), {"hash": token_hash})).first()
    return None if row is None else SessionOwner(row.account_id, row.session_id, row.user_id)


async def token_owner(db: Database, token_hash: bytes) -> TokenOwner | None:
    """Whose token this is, if it is neither revoked nor expired."""
    async with db.anonymous() as connection:
        row = (await connection.execute(text("SELECT * FROM door_token_owner(:hash)"), {"hash": token_hash})).first()
    return None if row is None else TokenOwner(row.account_id, row.token_id)


async def identity_provider(db: Database, public_id: str) -> tuple[int, int] | None:
    """The account and the number of the identity provider that has these addresses; whether it is active is not said."""
    async with db.anonymous() as connection:
        row = (await connection.execute(text("SELECT * FROM door_identity_provider(:id)"), {"id": public_id})).first()
    return None if row is None else (row.account_id, row.provider_id)


async def accounts(db: Database) -> list[int]:
    """Every account's id, oldest first."""
    async with db.as_system() as connection:
        rows = await connection.execute(text("SELECT id FROM account ORDER BY id"))
        return [int(row.id) for row in rows]


@asynccontextmanager
async def taking_outbox(db: Database, limit: int) -> AsyncIterator[list[OutboxItem]]:
    """The oldest outbox rows, locked; they are deleted when the block ends well, and stay when it does not."""
    async with db.as_system() as connection:
        rows = await connection.execute(
            text("SELECT account_id, id, event, payload FROM outbox ORDER BY created_at, id LIMIT :limit FOR UPDATE SKIP LOCKED"),
            {"limit": limit},
        )
        items = [OutboxItem(row.account_id, row.id, row.event, row.payload) for row in rows]
        yield items
        if items:
            await connection.execute(
                text("DELETE FROM outbox USING unnest(CAST(:accounts AS bigint[]), CAST(:ids AS bigint[])) AS done(account_id, id)"
                     " WHERE outbox.account_id = done.account_id AND outbox.id = done.id"),
                {"accounts": [item.account_id for item in items], "ids": [item.id for item in items]},
            )  # fmt: skip


async def unfinished(db: Database, *, idle_s: float, limit: int) -> list[Unfinished]:
    """Interactions whose work stands still: a stage is due, nothing failed, nobody holds it, and nothing changed for `idle_s` seconds."""
    async with db.as_system() as connection:
        rows = await connection.execute(text("SELECT * FROM door_unfinished(:idle, :limit)"), {"idle": idle_s, "limit": limit})
        return [Unfinished(row.account_id, row.interaction_id, row.stage) for row in rows]


async def deciding(db: Database, *, idle_s: float, limit: int) -> list[int]:
    """Accounts whose people are still to be decided again by their directory's rules, and nobody moved for `idle_s` seconds."""
    async with db.as_system() as connection:
        rows = await connection.execute(text("SELECT * FROM door_deciding(:idle, :limit)"), {"idle": idle_s, "limit": limit})
        return [row.account_id for row in rows]


async def reanalysing(db: Database, *, idle_s: float, limit: int) -> list[tuple[int, int]]:
    """Account and interaction of what running re-analyses have taken up `idle_s` seconds ago and nobody works on."""
    async with db.as_system() as connection:
        rows = await connection.execute(text("SELECT * FROM door_reanalysing(:idle, :limit)"), {"idle": idle_s, "limit": limit})
        return [(row.account_id, row.interaction_id) for row in rows]
