"""A dry run: what a User would do if the directory sent it now, by the real code. Only that it was asked is written."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from scim2_models import Resource, SCIMException

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import AssayError
from backend.identity.mapping.provisioning import rehearsal
from backend.identity.mapping.rules import Outcome
from backend.identity.scim import documents, memberships, people, repository, users
from backend.identity.scim.attributes import attributes_of
from backend.identity.scim.documents import Document
from backend.identity.scim.protocol import SERVICE
from backend.identity.scim.provider import GROUP, PROVIDER, USER
from backend.identity.scim.rulings import enforce, rulings
from backend.identity.scim.tables import ScimResource


@dataclass
class Rehearsed:
    """`refused` says why the request would be answered with an error. `outcome` is None where no rules are asked."""

    subject: str | None = None
    refused: str | None = None
    checks: list[tuple[bool, str]] = field(default_factory=list)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    outcome: Outcome | None = None
    sentences: list[str] = field(default_factory=list)


async def rehearse(session: Session, actor: Actor, resource: Any) -> Rehearsed:
    """`resource` is a User as the directory would POST it, with `groups` it would be in, by id or by name."""
    actor.require_account(AccountAction.IDENTITY_EDIT)
    found = Rehearsed()
    try:
        await repository.one_at_a_time(session)
        given = _read(resource)
        found.subject = getattr(given, "user_name", None)
        found.checks.append((True, "It is a User as the schemas describe one."))
        async with rehearsal(session):
            await _play(session, actor, given, _named(resource), found)
    except SCIMException as error:
        found.refused = SERVICE.error_of(error).detail or "It is no User."
    except AssayError as error:
        found.refused = error.message
    if found.refused is not None:
        found.checks.append((False, found.refused))
    verdict = "refused" if found.refused else "accepted"
    audit.record(session, actor, "scim.dry_run", "Account", actor.account_id, detail={"verdict": verdict})
    return found


def _read(resource: Any) -> Resource[Any]:
    text = resource if isinstance(resource, str) else json.dumps(resource)
    kind = next(kind for kind in PROVIDER.resource_types if kind.name == USER)
    with PROVIDER:
        return SERVICE.read_creation(kind, text.encode(), None)


def _named(resource: Any) -> list[Document]:
    """The groups that the pasted User claims: read-only in the protocol, so a real request's are passed over."""
    document = json.loads(resource) if isinstance(resource, str) else resource
    groups = next((value for key, value in document.items() if key.lower() == "groups"), None)
    return [group if isinstance(group, dict) else {"display": str(group)} for group in groups or ()]


async def _play(session: Session, actor: Actor, given: Resource[Any], groups: list[Document], found: Rehearsed) -> None:
    row = await _written(session, actor, given, found)
    for group in groups:
        await memberships.put(session, await _group(session, group), {row.id: None})
    held = (await memberships.groups_of(session, session.account_id, [row.id])).get(row.id, [])
    found.attributes = attributes_of(row.body, [group.display for group in held])
    decided = await rulings(session, [row.id])
    found.outcome = decided[row.id].outcome if row.id in decided else None
    found.sentences += [change.sentence for change in await enforce(session, actor, decided)]


async def _written(session: Session, actor: Actor, given: Resource[Any], found: Rehearsed) -> ScimResource:
    body = documents.body_of(given)
    row = await repository.by_user_name(session, session.account_id, documents.name_of(USER, body))
    if row is None:
        row = _row(session, USER, body)
        await users.admit(session, actor, row)
    else:
        found.sentences.append("The directory has this user already: they are described anew.")
        await users.describe(session, actor, row, body, given.external_id)
    assert row.user_id is not None
    person = await people.person(session, row.user_id)
    state = "and switched on" if person.active else "and switched off, without a seat"
    found.sentences.append(f"The person is {person.name} ({person.email}), {state}.")
    return row


async def _group(session: Session, group: Document) -> int:
    """The group of this id or name; one that is not there yet is made for the rehearsal."""
    plain = {key.lower(): value for key, value in group.items()}
    name, scim_id = str(plain.get("display") or plain.get("displayname") or plain.get("value") or ""), str(plain.get("value") or "")
    known = await repository.by_scim_id(session, session.account_id, GROUP, scim_id)
    known = known or await repository.group_named(session, session.account_id, documents.folded(name))
    if known is None:
        known = _row(session, GROUP, {"displayName": name})
        session.add(known)
        await session.flush()
    return known.id


def _row(session: Session, kind: str, body: Document) -> ScimResource:
    now = utc_now()
    return ScimResource(
        account_id=session.account_id,
        kind=kind,
        scim_id=secrets.token_hex(16),
        name_key=documents.name_of(kind, body),
        body=body,
        version=1,
        created_at=now,
        modified_at=now,
    )
