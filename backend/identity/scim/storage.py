"""
SCIM resources in PostgreSQL, behind the library's storage: what is written here is at once what the account's people are and may do.

One operation is one transaction. A change reaches the person, then the mapping rules decide anew for all whom it concerns; where a seat
is lacking, all of it is undone.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from scim2_models import NotFoundException, PreconditionFailedException, Resource, ResourceType, ResponseParameters, SearchRequest
from scim2_server.storage import AsyncScimStorage, SearchPage
from sqlalchemy.exc import IntegrityError

from backend.audit import service as audit
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Database, ReadSession, Session
from backend.errors import AssayError
from backend.identity.scim import documents, groups, memberships, people, repository, users
from backend.identity.scim.documents import Document
from backend.identity.scim.faults import told
from backend.identity.scim.patches import MemberChange
from backend.identity.scim.projection import Wanted, wanted
from backend.identity.scim.provider import GROUP, USER
from backend.identity.scim.rulings import SeatRefused, enforce, rulings
from backend.identity.scim.tables import ScimResource
from backend.licensing import service as licensing


class PostgresStorage(AsyncScimStorage):
    """
    The directory of the actor's account. `reading`: it will only be read. `whole` False leaves the members of a group out of what is read
    to be changed, and puts those of a group that is only shown into `aside`, by the group's id: building thousands of members one by one
    is work for nothing.
    """

    def __init__(self, database: Database, actor: Actor, *, address: str | None = None, reading: bool = False, whole: bool = True) -> None:
        self.database, self.actor, self.address = database, actor, address
        self.reading, self.whole = reading, whole
        self.aside: dict[str, list[Document]] = {}
        self._session: Session | None = None

    @asynccontextmanager
    async def operation(self) -> AsyncIterator[None]:
        """One transaction. Expected errors leave it as SCIM errors, with nothing written but a refusal of a seat."""
        try:
            async with self._transaction():
                yield
        except SeatRefused as refusal:
            await self._note(refusal)
            raise told(refusal) from refusal
        except (AssayError, IntegrityError) as error:
            raise told(error) from error

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[None]:
        account_id = self.actor.account_id
        opened = self.database.reading(account_id) if self.reading else self.database.writing(account_id, address=self.address)
        async with opened as session:
            self._session = cast("Session", session)
            if not self.reading:
                await repository.one_at_a_time(self._session)
            try:
                yield
            finally:
                self._session = None

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[Session]:
        if self._session is not None:
            yield self._session
            return
        async with self.operation():
            assert self._session is not None
            yield self._session

    async def get(
        self, resource_type: ResourceType, resource_id: str, *, response_parameters: ResponseParameters[Any] | None = None
    ) -> Resource[Any]:
        async with self._open() as session:
            row = await self._row(session, resource_type, resource_id)
            return (await self._shown(session, [row], response_parameters))[0]

    async def get_whole(self, resource_type: ResourceType, resource_id: str) -> Resource[Any]:
        """With all members, whatever `whole` says."""
        async with self._open() as session:
            row = await self._row(session, resource_type, resource_id)
            members = await memberships.members_of(session, row.account_id, [row.id])
            return documents.resource_of(row, members=members[row.id])

    async def search(self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None) -> SearchPage:
        kinds = [str(kind.name) for kind in resource_types]
        async with self._open() as session:
            total, rows = await repository.search(session, self.actor.account_id, kinds, search_request)
            return SearchPage(total, await self._shown(session, list(rows), search_request))

    async def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        kind, body, now = str(resource_type.name), documents.body_of(resource), utc_now()
        async with self._open() as session:
            row = ScimResource(
                account_id=session.account_id,
                kind=kind,
                scim_id=secrets.token_hex(16),
                name_key=documents.name_of(kind, body),
                external_id=resource.external_id,
                body=body,
                version=1,
                created_at=now,
                modified_at=now,
            )
            if kind == USER:
                await users.admit(session, self.actor, row)
                await enforce(session, self.actor, await rulings(session, [row.id]))
            else:
                session.add(row)
                await session.flush()
                await groups.change_members(session, self.actor, row, groups.replacement(resource))
            self._record(session, "create", row)
            return documents.resource_of(row) if kind == USER else await self._written(session, row)

    async def update(self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None) -> Resource[Any]:
        async with self._open() as session:
            row = await self._row(session, resource_type, str(resource.id), expected_version)
            body = documents.body_of(resource)
            names = documents.differing(row.body, body)
            if row.kind == USER:
                await users.describe(session, self.actor, row, body, resource.external_id)
                await enforce(session, self.actor, await rulings(session, [row.id]))
                self._touch(row, changed=bool(names))
            else:
                names += await self._change_group(session, row, resource, body, [groups.replacement(resource)])
            if names:
                self._record(session, "update", row, attributes=names)
            return await self._written(session, row)

    async def patch_group(
        self, resource_type: ResourceType, resource: Resource[Any], changes: list[MemberChange], *, expected_version: str | None
    ) -> Resource[Any]:
        """A group's own attributes as in `resource`, and changes of its members, at the cost of those changes alone."""
        async with self._open() as session:
            row = await self._row(session, resource_type, str(resource.id), expected_version)
            body = documents.body_of(resource)
            names = documents.differing(row.body, body)
            names += await self._change_group(session, row, resource, body, changes)
            if names:
                self._record(session, "update", row, attributes=names)
            return documents.resource_of(row)

    async def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        async with self._open() as session:
            row = await self._row(session, resource_type, resource_id, expected_version)
            self._record(session, "delete", row)
            if row.kind == GROUP:
                await groups.dissolve(session, self.actor, row)
            else:
                await users.forget(session, self.actor, row)

    async def _change_group(
        self, session: Session, row: ScimResource, resource: Resource[Any], body: Document, changes: list[MemberChange]
    ) -> list[str]:
        """The names of its attributes that changed, without those of the document."""
        own = documents.differing(row.body, body)
        if own:
            await groups.describe(session, self.actor, row, body, resource.external_id)
        moved = False
        for change in changes:
            moved |= await groups.change_members(session, self.actor, row, change)
        self._touch(row, changed=bool(own) or moved)
        await session.flush()
        return ["members"] if moved else []

    async def _row(
        self, session: ReadSession, resource_type: ResourceType, scim_id: str, expected_version: str | None = None
    ) -> ScimResource:
        row = await repository.by_scim_id(session, self.actor.account_id, str(resource_type.name), scim_id)
        if row is None:
            raise NotFoundException(detail=f"There is no {resource_type.name} {scim_id}.")
        if expected_version is not None and documents.version_of(row) != expected_version:
            raise PreconditionFailedException
        return row

    async def _shown(self, session: ReadSession, rows: list[ScimResource], asked: ResponseParameters[Any] | None) -> list[Resource[Any]]:
        account_id, numbers = self.actor.account_id, {kind: [row.id for row in rows if row.kind == kind] for kind in (USER, GROUP)}
        in_groups = await memberships.groups_of(session, account_id, numbers[USER]) if wanted(asked, "groups") is not Wanted.NOT else {}
        how = wanted(asked, "members")
        if asked is None and not self.whole:
            how = Wanted.NOT
        members = await memberships.members_of(session, account_id, numbers[GROUP]) if how is not Wanted.NOT else {}
        if how is Wanted.WHOLE and not self.whole:
            self.aside |= {row.scim_id: members[row.id] for row in rows if row.id in members}
            members = {}
        return [
            documents.resource_of(
                row, groups=[held.document() for held in in_groups.get(row.id, ())], members=members.get(row.id, ())
            )
            for row in rows
        ]  # fmt: skip

    async def _written(self, session: Session, row: ScimResource) -> Resource[Any]:
        await session.flush()
        return (await self._shown(session, [row], _ALL))[0]

    @staticmethod
    def _touch(row: ScimResource, *, changed: bool) -> None:
        if changed:
            row.version, row.modified_at = row.version + 1, utc_now()

    def _record(self, session: Session, verb: str, row: ScimResource, **detail: Any) -> None:
        kind, number = ("User", row.user_id) if row.kind == USER else ("ScimGroup", row.id)
        name = row.body.get("userName") or row.body.get("displayName")
        audit.record(session, self.actor, f"scim_{row.kind.lower()}.{verb}", kind, number, detail={"name": name, **detail})

    async def _note(self, refusal: SeatRefused) -> None:
        """The request is undone; that a seat was refused stays known, of a person who is still there."""
        async with self.database.writing(self.actor.account_id, address=self.address) as session:
            there = await people.exists(session, refusal.user_id)
            await licensing.refused(
                session, self.actor, user_id=refusal.user_id if there else None, source=people.SOURCE, reason=refusal.message
            )


_ALL: ResponseParameters[Any] = ResponseParameters()
