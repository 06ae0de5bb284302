"""Users: what a directory says of them, brought to the person behind. What the rules make of it is for the caller to enforce."""

from __future__ import annotations

from backend.authz.actor import Actor
from backend.db.session import Session
from backend.identity.scim import documents, people, repository
from backend.identity.scim.documents import Document
from backend.identity.scim.provider import USER
from backend.identity.scim.tables import ScimResource


async def admit(session: Session, actor: Actor, row: ScimResource) -> None:
    """Writes a new user, with a person found or made. Raises UniquenessException where the userName is another's."""
    known = await repository.by_user_name(session, session.account_id, row.name_key)
    if known is not None:
        raise documents.taken(row, known)
    facts = documents.facts_of(row.body)
    row.active = facts.active
    row.user_id = await people.settle(session, actor, facts)
    session.add(row)
    await session.flush()


async def describe(session: Session, actor: Actor, row: ScimResource, body: Document, external_id: str | None) -> None:
    """Writes a user anew. Raises UniquenessException where the userName is another's."""
    name = documents.name_of(USER, body)
    if name != row.name_key and (known := await repository.by_user_name(session, session.account_id, name)):
        raise documents.taken(row, known)
    before, after = documents.facts_of(row.body), documents.facts_of(body)
    assert row.user_id is not None
    row.body, row.name_key, row.external_id, row.active = body, name, external_id, after.active
    await session.flush()
    await people.follow(session, actor, row.user_id, before, after)


async def forget(session: Session, actor: Actor, row: ScimResource) -> None:
    """Deletes a user; the person is switched off and stays."""
    assert row.user_id is not None
    user = await people.person(session, row.user_id)
    await people.switch(session, actor, user, on=False, reason="deleted by the directory")
    holding = await repository.groups_holding(session, session.account_id, row.id)
    await repository.remove(session, row)
    await repository.changed(session, holding)
