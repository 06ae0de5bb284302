"""Roles of many people in one transaction, in statements that do not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from backend.audit import service as audit
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.roles import repository
from backend.roles.rules import DEFAULT_ROLES
from backend.roles.tables import UserRole

_AGENT = "agent"
_AT_ONCE = 5_000


async def give(session: Session, actor: Actor, wanted: Mapping[int, Sequence[str]], *, source: str) -> None:
    """What a mapping gives to these people, whom the caller holds, is this from now on. A role that there is not gives nothing."""
    asked = {role for roles in wanted.values() for role in roles}
    known = set(DEFAULT_ROLES) | await repository.hold_still(session, asked)
    before = await _held(session, wanted, source)
    after = {user_id: {role for role in roles if role in known} for user_id, roles in wanted.items()}
    await _write(session, actor, before, after, source)


async def ensure(session: Session, actor: Actor, user_ids: Collection[int], *, source: str) -> None:
    """Whoever gets a seat and holds no role is an agent."""
    holding = {row.user_id for row in await repository.held(session, session.account_id, user_ids)}
    without = {user_id: {_AGENT} for user_id in sorted(user_ids) if user_id not in holding}
    await _write(session, actor, {}, without, source)


async def _held(session: Session, user_ids: Collection[int], source: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for row in await repository.held(session, session.account_id, list(user_ids)):
        if row.source == source:
            found[row.user_id].add(row.role)
    return found


async def _write(session: Session, actor: Actor, before: Mapping[int, set[str]], after: Mapping[int, set[str]], source: str) -> None:
    going: list[tuple[int, str]] = []
    coming: list[tuple[int, str]] = []
    for user_id, roles in sorted(after.items()):
        had = before.get(user_id, set())
        if had == roles:
            continue
        going += [(user_id, role) for role in sorted(had - roles)]
        coming += [(user_id, role) for role in sorted(roles - had)]
        detail = {"source": source, "before": sorted(had), "after": sorted(roles)}
        audit.record(session, actor, "user.set_roles", "User", user_id, detail=detail)
    for start in range(0, len(going), _AT_ONCE):
        pairs = tuple_(col(UserRole.user_id), col(UserRole.role)).in_(going[start : start + _AT_ONCE])
        mine = (col(UserRole.account_id) == session.account_id, col(UserRole.source) == source, pairs)
        await session.execute(delete(UserRole).where(*mine).execution_options(synchronize_session=False))
    for start in range(0, len(coming), _AT_ONCE):
        rows = [
            {"account_id": session.account_id, "user_id": user_id, "role": role, "source": source}
            for user_id, role in coming[start : start + _AT_ONCE]
        ]
        await session.execute(insert(UserRole).values(rows).on_conflict_do_nothing())
