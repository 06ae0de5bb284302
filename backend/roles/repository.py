"""SQL of roles, their policies, and who holds them."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from backend.accounts.tables import User
from backend.authz.actions import Action
from backend.db.session import Session
from backend.roles.rules import Policy
from backend.roles.tables import PolicyVersion, Role, RolePolicy, UserRole

_LOCK = 1_919_904_869


async def version(session: AsyncSession, account_id: int) -> int:
    """0 for an account that has the policies as delivered."""
    query = select(col(PolicyVersion.version)).where(col(PolicyVersion.account_id) == account_id)
    return int(await session.scalar(query) or 0)


async def lock_policies(session: Session) -> None:
    """One change of an account's roles at a time, until the transaction ends."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:space, :account)"), {"space": _LOCK, "account": session.account_id % 2**31}
    )  # fmt: skip


async def renew_version(session: Session) -> None:
    """Last statement of a change: what it wrote is in force, under a number that no other state has, once the transaction commits."""
    values = {"account_id": session.account_id, "version": secrets.randbits(62) + 1}
    statement = insert(PolicyVersion).values(**values)
    await session.execute(statement.on_conflict_do_update(index_elements=["account_id"], set_={"version": values["version"]}))


async def changes(session: AsyncSession, account_id: int) -> list[Policy]:
    """What the account changed of the policies as delivered."""
    columns = select(col(RolePolicy.role), col(RolePolicy.action), col(RolePolicy.scope))
    rows = await session.execute(columns.where(col(RolePolicy.account_id) == account_id))
    return [(role, action, scope) for role, action, scope in rows]


async def roles(session: AsyncSession, account_id: int) -> dict[str, Role]:
    """Rows by key: the account's own roles, and the default roles that it changed."""
    rows = await session.execute(select(Role).where(col(Role.account_id) == account_id))
    return {row.key: row for row in rows.scalars()}


async def hold_still(session: Session, keys: Collection[str]) -> set[str]:
    """Those of these keys that are rows; none of them can be deleted before this transaction ends."""
    query = select(col(Role.key)).where(col(Role.account_id) == session.account_id, col(Role.key).in_(list(keys)))
    return set((await session.execute(query.with_for_update(read=True, key_share=True))).scalars())


async def lock_role(session: Session, key: str) -> Role | None:
    query = select(Role).where(col(Role.account_id) == session.account_id, col(Role.key) == key)
    return (await session.execute(query.with_for_update())).scalar_one_or_none()


async def drop_role(session: Session, key: str) -> None:
    await session.execute(delete(Role).where(col(Role.account_id) == session.account_id, col(Role.key) == key))


async def write_policies(session: Session, role: str, scopes: Mapping[Action, str]) -> None:
    """Replaces all of the role's rows."""
    await session.execute(delete(RolePolicy).where(col(RolePolicy.account_id) == session.account_id, col(RolePolicy.role) == role))
    rows = [{"account_id": session.account_id, "role": role, "action": action.value, "scope": scope} for action, scope in scopes.items()]
    if rows:
        await session.execute(insert(RolePolicy), rows)


async def lock_person(session: Session, user_id: int) -> User | None:
    """One change of a person's roles at a time."""
    query = select(User).where(col(User.account_id) == session.account_id, col(User.id) == user_id)
    return (await session.execute(query.with_for_update(key_share=True))).scalar_one_or_none()


async def held(session: AsyncSession, account_id: int, user_ids: Collection[int]) -> Sequence[UserRole]:
    query = select(UserRole).where(col(UserRole.account_id) == account_id, col(UserRole.user_id).in_(list(user_ids)))
    return (await session.execute(query.order_by(col(UserRole.role), col(UserRole.source)))).scalars().all()


async def write_held(session: Session, user_id: int, roles: Collection[str], source: str) -> None:
    """Replaces the roles that this source gave."""
    mine = (col(UserRole.account_id) == session.account_id, col(UserRole.user_id) == user_id, col(UserRole.source) == source)
    await session.execute(delete(UserRole).where(*mine, col(UserRole.role).not_in(list(roles))))
    rows = [{"account_id": session.account_id, "user_id": user_id, "role": role, "source": source} for role in roles]
    if rows:
        await session.execute(insert(UserRole).on_conflict_do_nothing(), rows)


async def holders(session: AsyncSession, account_id: int) -> dict[str, int]:
    """How many people hold each role, whether they are active or not."""
    counted = func.count(col(UserRole.user_id).distinct())
    rows = await session.execute(select(col(UserRole.role), counted).where(col(UserRole.account_id) == account_id).group_by("role"))
    return {role: int(number) for role, number in rows}
