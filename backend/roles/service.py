"""
Roles of an account: the four that are delivered, as the account changed them, and its own; who holds which; what they permit.

The version of an account's policies is read with the person who asks, so a change is in force with the next statement, on every process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from backend.audit import service as audit
from backend.authz.actions import AccountAction, Action, Scope
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import InvalidInput, NotFound
from backend.roles import repository
from backend.roles.policies import Kept, Policies, default_policies, delivered
from backend.roles.rules import DEFAULT_ROLES, DEFAULTS, RoleInForce, overlaid
from backend.roles.tables import Role

MANUAL = "manual"
LEAST = "agent"
"""The role of whoever has a seat and no other role."""
SOURCES = (MANUAL, "saml", "scim")
_kept = Kept()


async def policies_at(session: AsyncSession, account_id: int, version: int) -> Policies:
    """An account's policies at a version that was read in this transaction."""
    if version == 0:
        return default_policies()
    found = _kept.get(account_id, version)
    if found is None:
        # A transaction that is not a snapshot may read newer rows here than its version; never older ones, and never for long.
        found = Policies(overlaid(delivered(), await repository.changes(session, account_id)))
        _kept.put(account_id, version, found)
    return found


async def permissions_for(
    session: AsyncSession, account_id: int, roles: Iterable[str], *, version: int | None = None
) -> dict[Action, Scope]:  # fmt: skip
    """The widest scope of each action over all these roles of the account, as they are now. `version` where it has been read already."""
    held = tuple(roles)
    if version is None:
        version = await repository.version(session, account_id)
    return (await policies_at(session, account_id, version)).permissions(held) if held else {}


async def known_roles(session: AsyncSession, account_id: int) -> list[RoleInForce]:
    """Every role of the account: the defaults in their order, then its own by name."""
    rows = await repository.roles(session, account_id)
    policies = await policies_at(session, account_id, await repository.version(session, account_id))
    own = sorted((row for key, row in rows.items() if key not in DEFAULTS), key=lambda row: (row.name.lower(), row.key))
    return [_default(key, rows.get(key), policies) for key in DEFAULT_ROLES] + [_own(row, policies) for row in own]


def _default(key: str, row: Role | None, policies: Policies) -> RoleInForce:
    words = row or DEFAULTS[key]
    grants = policies.permissions([key])
    changed = grants != default_policies().permissions([key]) or (words.name, words.description) != _words(key)
    return RoleInForce(key, words.name, words.description, is_default=True, is_changed=changed, grants=grants)


def _words(key: str) -> tuple[str, str]:
    return DEFAULTS[key].name, DEFAULTS[key].description


def _own(row: Role, policies: Policies) -> RoleInForce:
    return RoleInForce(row.key, row.name, row.description, False, False, row.based_on, policies.permissions([row.key]))


async def roles_held(session: AsyncSession, account_id: int, user_id: int) -> list[RoleInForce]:
    """The roles of a person, each once, in their order."""
    held = {row.role for row in await repository.held(session, account_id, [user_id])}
    return [role for role in await known_roles(session, account_id) if role.key in held]


async def set_roles(session: Session, actor: Actor, *, user_id: int, roles: Sequence[str], source: str = MANUAL) -> list[str]:
    """
    The roles that this source gives to a person are these from now on; returns all that the person holds, by key.

    By hand it takes account.roles. A role that a mapping gives already is not given by hand a second time, and cannot be taken by hand.
    Raises NotFound where there is no such person, and InvalidInput with a pointer to the role that there is not.
    """
    if source == MANUAL:
        actor.require_account(AccountAction.ROLES_EDIT)
    wanted = await _known(session, roles)
    if await repository.lock_person(session, user_id) is None:
        raise NotFound("There is no such person.")
    before = await repository.held(session, session.account_id, [user_id])
    mine = {row.role for row in before if row.source == source}
    mapped = {row.role for row in before if row.source != MANUAL}
    if source == MANUAL:
        wanted = [role for role in wanted if role in mine or role not in mapped]
    if mine != set(wanted):
        await repository.write_held(session, user_id, wanted, source)
        audit.record(
            session, actor, "user.set_roles", "User", user_id, detail={"source": source, "before": sorted(mine), "after": sorted(wanted)}
        )  # fmt: skip
    return sorted({row.role for row in before if row.source != source} | set(wanted))


async def ensure_role(session: Session, actor: Actor, *, user_id: int, source: str = MANUAL) -> None:
    """Whoever gets a seat and holds no role is an agent. It takes no permission of its own: it belongs to giving the seat."""
    if not await repository.held(session, session.account_id, [user_id]):
        await repository.write_held(session, user_id, [LEAST], source)
        audit.record(session, actor, "user.set_roles", "User", user_id, detail={"source": source, "before": [], "after": [LEAST]})


async def _known(session: Session, roles: Sequence[str]) -> list[str]:
    """Each once; they stay there until this transaction ends."""
    found = set(DEFAULT_ROLES) | await repository.hold_still(session, roles)
    for place, role in enumerate(roles):
        if role not in found:
            choices = ", ".join([*DEFAULT_ROLES, *(await repository.roles(session, session.account_id)).keys() - DEFAULTS.keys()])
            raise InvalidInput(f"There is no such role. Choose among {choices}.", pointer=f"/input/roles/{place}", value=role)
    return list(dict.fromkeys(roles))


def permissions_of(roles: Iterable[str]) -> dict[Action, Scope]:
    """What these roles permit as they were delivered."""
    return default_policies().permissions(roles)
