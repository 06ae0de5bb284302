"""
The person behind a SCIM User: found by address or made, renamed, switched off and on.

Owners are the account's own: a directory may describe them and put them into groups, but neither renames an owner nor switches one off,
for whoever administers the directory would otherwise be above them. Nor does it give an account's admin another address, under which
somebody else might then sign in as them.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from backend.accounts.tables import Agent, User
from backend.audit import service as audit
from backend.authz.actions import AccountRole
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import Conflict
from backend.identity.repository import end_sessions
from backend.identity.scim.documents import Facts
from backend.identity.scim.tables import ScimResource
from backend.licensing import service as licensing

SOURCE = "scim"
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class _Taken:
    """Somebody who has one of the addresses; `linked` where they are another SCIM User's person."""

    user_id: int
    linked: bool


async def settle(session: Session, actor: Actor, facts: Facts) -> int:
    """
    The person with one of these addresses, whom no other SCIM User has, else a new one under the first address that is free. They are
    switched on or off as the directory says. Raises Conflict where every address is another SCIM User's.
    """
    if len(facts.addresses) == 1 and (made := await _make(session, facts, facts.addresses[0])):
        return made
    taken = await _holders(session, facts.addresses)
    for address in facts.addresses:
        holder = taken.get(address.lower())
        if holder is not None and not holder.linked:
            await take_over(session, actor, holder.user_id, facts)
            return holder.user_id
        if holder is None and (made := await _make(session, facts, address)):
            return made
    raise _all_taken(facts)


async def take_over(session: Session, actor: Actor, user_id: int, facts: Facts) -> None:
    """A person who was there becomes as the directory describes them."""
    user = await person(session, user_id)
    if user.active != facts.active:
        await switch(session, actor, user, on=facts.active)
    if user.account_role != AccountRole.OWNER:
        user.name = _line(facts.name)
    await session.flush()


async def follow(session: Session, actor: Actor, user_id: int, before: Facts, after: Facts) -> None:
    """
    Brings what changed in the directory to the person; what was changed by hand meanwhile stays. Raises Conflict as `settle` does, and
    where an owner would be switched off.
    """
    if before == after:
        return
    user = await person(session, user_id)
    if before.active != after.active:
        await switch(session, actor, user, on=after.active)
    if before.name != after.name and user.account_role != AccountRole.OWNER:
        user.name = _line(after.name)
    moves = before.addresses != after.addresses and user.account_role == AccountRole.MEMBER
    if moves:
        user.email = await _address_for(session, user, after)
    await session.flush()
    if moves:
        await _link_agents(session, user.id, user.email)


async def person(session: Session, user_id: int) -> User:
    query = select(User).where(col(User.account_id) == session.account_id, col(User.id) == user_id)
    return (await session.execute(query)).scalar_one()


async def exists(session: Session, user_id: int) -> bool:
    query = select(col(User.id)).where(col(User.account_id) == session.account_id, col(User.id) == user_id)
    return await session.scalar(query) is not None


async def switch(session: Session, actor: Actor, user: User, *, on: bool, reason: str = "deactivated by the directory") -> None:
    """Off: they are signed out everywhere and their seat is free at once. On: what they get is for the rules to say."""
    if user.active == on:
        return
    if not on and user.account_role == AccountRole.OWNER:
        raise Conflict(f"{user.name} is an owner of the account, whom a directory does not switch off. An owner can, under Users.")
    user.active = on
    await session.flush()
    if not on:
        await licensing.release(session, actor, user_id=user.id, source=SOURCE, reason=reason)
        await end_sessions(session, user.id)
    audit.record(session, actor, "user.activate" if on else "user.deactivate", "User", user.id, detail={"source": SOURCE})


async def _make(session: Session, facts: Facts, address: str) -> int | None:
    """A new person; None where somebody has the address. The index decides: row-level security hides it from a search by `lower`."""
    row = {
        "account_id": session.account_id, "email": address, "name": _line(facts.name), "account_role": AccountRole.MEMBER.value,
        "locale": "en", "active": facts.active, "source": SOURCE, "created_at": utc_now(),
    }  # fmt: skip
    made: int | None = await session.scalar(insert(User).values(**row).on_conflict_do_nothing().returning(col(User.id)))
    if made is not None:
        await _link_agents(session, made, address)
    return made


async def _holders(session: Session, addresses: tuple[str, ...]) -> dict[str, _Taken]:
    folded = col(User.email_key)
    linked = (col(ScimResource.account_id) == col(User.account_id)) & (col(ScimResource.user_id) == col(User.id))
    query = (
        select(col(User.id), folded, col(ScimResource.id))
        .outerjoin(ScimResource, linked)
        .where(col(User.account_id) == session.account_id, folded.in_([address.lower() for address in addresses]))
    )
    return {email: _Taken(user_id, resource_id is not None) for user_id, email, resource_id in await session.execute(query)}


async def _address_for(session: Session, user: User, facts: Facts) -> str:
    """The first address that nobody else has; whose it already is keeps it."""
    if facts.addresses[0].lower() == user.email.lower():
        return facts.addresses[0]
    taken = await _holders(session, facts.addresses)
    for address in facts.addresses:
        holder = taken.get(address.lower())
        if holder is None or holder.user_id == user.id:
            return address
    raise _all_taken(facts)


async def _link_agents(session: Session, user_id: int, address: str) -> None:
    here = (col(Agent.account_id) == session.account_id, col(Agent.user_id).is_(None))
    await session.execute(update(Agent).where(*here, col(Agent.email_key) == func.lower(address)).values(user_id=user_id))


def _line(name: str) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(printable.split())[:_LONGEST_NAME] or "?"


def _all_taken(facts: Facts) -> Conflict:
    return Conflict(f"{' and '.join(facts.addresses)} are other people's here: give the user an address of their own.")
