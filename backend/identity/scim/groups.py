"""
Groups: their names and members, and what follows for the people in them. The statements of a change are counted by the people for whom
the rules say something else than before, not by the size of the group.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Any

from scim2_models import InvalidValueException, Resource

from backend.authz.actor import Actor
from backend.db.session import Session
from backend.identity.scim import documents, memberships, repository
from backend.identity.scim.documents import Document
from backend.identity.scim.patches import Member, MemberChange, Way
from backend.identity.scim.provider import GROUP
from backend.identity.scim.rulings import enforce, rulings
from backend.identity.scim.tables import ScimResource

_SHOWN = 5


def replacement(resource: Resource[Any]) -> MemberChange:
    """The members that a whole group names, as the change that makes them so."""
    named = getattr(resource, "members", None) or ()
    return MemberChange(Way.REPLACE, tuple(Member(str(member.value), member.display) for member in named if member.value))


async def describe(session: Session, actor: Actor, row: ScimResource, body: Document, external_id: str | None) -> None:
    """Writes a group's own attributes. Under another name, the rules decide anew for all who are in it."""
    name = documents.name_of(GROUP, body)
    renamed = body.get("displayName") != row.body.get("displayName")
    concerned = await memberships.users_under(session, session.account_id, [row.id]) if renamed else []
    async with _reconsidering(session, actor, concerned):
        row.body, row.name_key, row.external_id = body, name, external_id
        await session.flush()


async def change_members(session: Session, actor: Actor, row: ScimResource, change: MemberChange) -> bool:
    """Whether anybody came, went, or is called something else. Raises InvalidValueException where nobody has one of the ids."""
    there = await memberships.held_in(session, session.account_id, row.id) if change.way is Way.REPLACE else {}
    named = await _numbers(session, change)
    going = [number for number in there if number not in named] if change.way is Way.REPLACE else list(named)
    if change.way is Way.ADD:
        going = []
    coming = {} if change.way is Way.REMOVE else named
    moving = {*going, *(number for number in coming if number not in there)}
    concerned = await memberships.users_under(session, session.account_id, moving)
    async with _reconsidering(session, actor, concerned):
        gone = await memberships.drop(session, row.id, going)
        come = await memberships.put(session, row.id, coming)
    return bool(gone or come)


async def dissolve(session: Session, actor: Actor, row: ScimResource) -> None:
    """Deletes a group; those who were in it lose what only it gave them."""
    concerned = await memberships.users_under(session, session.account_id, [row.id])
    holding = await repository.groups_holding(session, session.account_id, row.id)
    async with _reconsidering(session, actor, concerned):
        await repository.remove(session, row)
        await repository.changed(session, holding)


@asynccontextmanager
async def _reconsidering(session: Session, actor: Actor, concerned: Collection[int]) -> AsyncIterator[None]:
    """The block changes groups of these users: what it changes in the rules' decisions is made so at its end."""
    before = await rulings(session, concerned)
    yield
    await repository.changed(session, concerned)
    if before:
        await enforce(session, actor, await rulings(session, concerned), before)


async def _numbers(session: Session, change: MemberChange) -> dict[int, str | None]:
    """The members by number. Who is removed need not be there."""
    if not change.members:
        return {}
    found = await repository.named(session, session.account_id, {member.scim_id for member in change.members})
    missing = [member.scim_id for member in change.members if member.scim_id not in found]
    if missing and change.way is not Way.REMOVE:
        shown = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
        raise InvalidValueException(detail=f"No user or group has the id {shown}: create them before they become members.")
    return {found[member.scim_id]: member.display for member in change.members if member.scim_id in found}
