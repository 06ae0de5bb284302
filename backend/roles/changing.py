"""
Changes of an account's roles. Each takes account.roles, is recorded in the audit log, and is in force on every process with its commit.

A role grants permissions over conversations and nothing else: what the account role gives cannot be granted by any of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.accounts.naming import Named, refuse_named
from backend.audit import service as audit
from backend.authz.actions import AccountAction, Action, Scope
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict, InvalidInput, NotFound
from backend.roles import repository
from backend.roles.policies import default_policies
from backend.roles.rules import (
    DEFAULTS,
    Grants,
    RoleInForce,
    checked_description,
    checked_grants,
    checked_name,
    differences,
    key_for,
)
from backend.roles.service import known_roles
from backend.roles.tables import Role

MOST_ROLES = 100
Given = Sequence[tuple[str, str]]
"""Pairs of action and scope, as they were asked for."""


@dataclass(frozen=True, slots=True)
class NewRole:
    """`copy_of` is the key of a role whose grants it begins with; `grants` replace them."""

    name: str
    description: str = ""
    copy_of: str | None = None
    grants: Given | None = None


@dataclass(frozen=True, slots=True)
class RoleChange:
    """What is None stays as it is; `grants` are all that there will be."""

    name: str | None = None
    description: str | None = None
    grants: Given | None = None


async def create(session: Session, actor: Actor, new: NewRole) -> str:
    """A role of the account's own; its key. Raises InvalidInput, and Conflict where the name is taken or there are too many roles."""
    known = await _locked(session, actor)
    name = _free_name(new.name, known, pointer="/input/name")
    description = checked_description(new.description, pointer="/input/description")
    if len(known) >= MOST_ROLES:
        raise Conflict(f"An account has at most {MOST_ROLES} roles. Delete one that nobody needs.")
    base = _copied(known, new.copy_of)
    grants = checked_grants(new.grants, pointer="/input/grants") if new.grants is not None else dict(base.grants) if base else {}
    key, now = key_for(name, known.keys()), utc_now()
    session.add(
        Role(
            account_id=session.account_id, key=key, name=name, description=description, based_on=new.copy_of, created_at=now, changed_at=now
        )
    )  # fmt: skip
    await session.flush()
    await repository.write_policies(session, key, {action: scope.value for action, scope in grants.items()})
    await _finish(session, actor, "role.create", key, name, grants=_written(grants))
    return key


async def update(session: Session, actor: Actor, key: str, change: RoleChange) -> None:
    """Raises NotFound, InvalidInput, and Conflict where the name is taken."""
    known = await _locked(session, actor)
    role = _there(known, key)
    name = role.name if change.name is None else _free_name(change.name, known, pointer="/input/name", but=key)
    description = role.description if change.description is None else checked_description(change.description, pointer="/input/description")
    grants = role.grants if change.grants is None else checked_grants(change.grants, pointer="/input/grants")
    if (name, description, grants) == (role.name, role.description, role.grants):
        return
    row = await repository.lock_role(session, key)
    if row is None:
        row = Role(account_id=session.account_id, key=key, name=name, description=description, created_at=utc_now(), changed_at=utc_now())
        session.add(row)
    row.name, row.description, row.changed_at = name, description, utc_now()
    await session.flush()
    await repository.write_policies(session, key, _stored(key, grants))
    detail = {"before": _written(role.grants), "after": _written(grants)} if grants != role.grants else {}
    await _finish(session, actor, "role.change", key, name, **detail)


async def reset(session: Session, actor: Actor, key: str) -> None:
    """A default role becomes what was delivered again. Raises NotFound; Conflict for a role that the account made."""
    role = _there(await _locked(session, actor), key)
    if not role.is_default:
        raise Conflict(f"{role.name} is a role of this account's own: there is nothing to set it back to. Delete it, or change it.")
    if role.is_changed:
        await repository.drop_role(session, key)
        await _finish(session, actor, "role.reset", key, DEFAULTS[key].name, before=_written(role.grants))


async def delete(session: Session, actor: Actor, key: str) -> None:
    """Raises NotFound; Conflict for a default role, and for one that somebody holds or mapping rules give."""
    role = _there(await _locked(session, actor), key)
    if role.is_default:
        raise Conflict(f"{role.name} is a default role, which stays. It can be changed, and set back to how it was delivered.")
    # From here on nobody can be given the role.
    await repository.lock_role(session, key)
    held = (await repository.holders(session, session.account_id)).get(key, 0)
    if held:
        people = "1 person holds" if held == 1 else f"{held} people hold"
        raise Conflict(f"{people} the role {role.name}. Take it from them first.")
    await refuse_named(session, Named.ROLE, key, role.name)
    await repository.drop_role(session, key)
    await _finish(session, actor, "role.remove", key, role.name, before=_written(role.grants))


async def _locked(session: Session, actor: Actor) -> dict[str, RoleInForce]:
    """The roles by key; nobody else changes one until this transaction ends."""
    actor.require_account(AccountAction.ROLES_EDIT)
    await repository.lock_policies(session)
    return {role.key: role for role in await known_roles(session, session.account_id)}


def _there(known: dict[str, RoleInForce], key: str) -> RoleInForce:
    if key not in known:
        raise NotFound("There is no such role.")
    return known[key]


def _copied(known: dict[str, RoleInForce], key: str | None) -> RoleInForce | None:
    if key is not None and key not in known:
        raise InvalidInput(f"There is no such role. Copy one of {', '.join(known)}.", pointer="/input/copyOf", value=key)
    return known[key] if key is not None else None


def _free_name(name: str, known: dict[str, RoleInForce], *, pointer: str, but: str | None = None) -> str:
    """Default roles keep their delivered names too, so that each can be set back."""
    clean = checked_name(name, pointer=pointer)
    taken = {role.name.lower() for role in known.values() if role.key != but}
    taken |= {words.name.lower() for key, words in DEFAULTS.items() if key != but}
    if clean.lower() in taken:
        raise Conflict(f"There is a role named {clean} already. Choose another name.")
    return clean


def _stored(key: str, grants: Grants) -> dict[Action, str]:
    if key in DEFAULTS:
        return differences(grants, default_policies().permissions([key]))
    return {action: scope.value for action, scope in grants.items()}


def _written(grants: Grants) -> dict[str, str]:
    return {action.value: Scope(scope).value for action, scope in grants.items()}


async def _finish(session: Session, actor: Actor, action: str, key: str, name: str, **detail: dict[str, str]) -> None:
    await repository.renew_version(session)
    audit.record(session, actor, action, "Role", detail={"role": key, "name": name, **detail})
