"""Identity providers as administrators see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import strawberry

from backend.clock import utc_now
from backend.graphql.context import Info
from backend.graphql.ids import global_id
from backend.graphql.nouns import Node
from backend.graphql.reasons import Reason
from backend.identity.mapping.types import Attribute, DryRun, MappingRule, Verdict, mapping_rules, rule_traces
from backend.identity.saml import loaders, service, tables
from backend.identity.saml.keys import signing_of
from backend.identity.saml.protocol.certificates import read_certificate
from backend.identity.saml.rehearsal import Rehearsed


@strawberry.type(description="A certificate whose key the provider signs with. It counts until it is removed; its dates are for people.")
class Certificate:
    id: strawberry.ID
    fingerprint: str = strawberry.field(description="SHA-256, in hexadecimal digits.")
    subject: str
    not_before: datetime
    not_after: datetime
    expired: bool

    @classmethod
    def from_row(cls, row: tables.ProviderCertificate) -> Certificate:
        return cls(
            id=global_id("Certificate", row.id),
            fingerprint=row.fingerprint,
            subject=row.subject,
            not_before=row.not_before,
            not_after=row.not_after,
            expired=row.not_after <= utc_now(),
        )


@strawberry.type(
    description="A key of the account's own, in its metadata: it signs requests, and opens assertions that are encrypted for it."
)
class SamlKey:
    fingerprint: str = strawberry.field(description="SHA-256 of the certificate, in hexadecimal digits.")
    signs: bool = strawberry.field(description="Whether requests are signed with it now.")
    signs_from: datetime
    ends_at: datetime | None = strawberry.field(description="Null: it lasts. From then on it opens nothing, and is out of the metadata.")

    @classmethod
    def all_of(cls, rows: Sequence[tables.ServiceKey]) -> list[SamlKey]:
        """Of rows that are not over, latest first."""
        return [
            cls(
                fingerprint=read_certificate(row.certificate).fingerprint,
                signs=row is signing_of(rows),
                signs_from=row.signs_from,
                ends_at=row.ends_at,
            )
            for row in rows
        ]


@strawberry.type(description="A SAML 2.0 identity provider. Its addresses and entity id of ours are for this provider alone.")
class IdentityProvider(Node):
    id: strawberry.ID
    public_id: str
    name: str
    entity_id: str
    sso_url: str
    slo_url: str | None
    active: bool
    allow_idp_initiated: bool = strawberry.field(description="Whether sign-in may begin at the provider.")
    create_users: bool = strawberry.field(description="Whether people who are not in the account yet are made as they sign in.")
    allow_sha1: bool = strawberry.field(description="Whether signatures that rest on SHA-1 are taken from it.")
    email_attribute: str = strawberry.field(description="Empty: one of the usual names, or the subject's name where it is an address.")
    name_attribute: str
    groups_attribute: str = strawberry.field(description="Rules may call it `groups`, whatever its name.")
    last_sign_in_at: datetime | None
    number: strawberry.Private[int]

    @strawberry.field(description="The one that lasts longest first.")
    async def certificates(self, info: Info) -> list[Certificate]:
        return [Certificate.from_row(row) for row in await info.context.load(loaders.certificates, self.number)]

    @strawberry.field(description="By target, in order.")
    async def rules(self, info: Info) -> list[MappingRule]:
        found = await info.context.load(loaders.rules, self.number)
        return mapping_rules(found)

    @strawberry.field(description="Where the provider sends its answers.")
    def acs_url(self, info: Info) -> str:
        return service.addresses(info.context.services.config, self.public_id).acs

    @strawberry.field(description="Our metadata for this provider; the same address is our entity id.")
    def metadata_url(self, info: Info) -> str:
        return service.addresses(info.context.services.config, self.public_id).entity_id

    @strawberry.field
    def sp_entity_id(self, info: Info) -> str:
        return service.addresses(info.context.services.config, self.public_id).entity_id

    @strawberry.field(description="Where single logout arrives.")
    def logout_url(self, info: Info) -> str:
        return service.addresses(info.context.services.config, self.public_id).slo

    @strawberry.field(description="Where a browser begins to sign in.")
    def login_url(self, info: Info) -> str:
        return f"{info.context.services.config.address}/saml/{self.public_id}/login"

    @classmethod
    def from_row(cls, row: tables.IdentityProvider) -> IdentityProvider:
        return cls(
            id=global_id("IdentityProvider", row.id),
            public_id=row.public_id,
            name=row.name,
            entity_id=row.entity_id,
            sso_url=row.sso_url,
            slo_url=row.slo_url,
            active=row.active,
            allow_idp_initiated=row.allow_idp_initiated,
            create_users=row.create_users,
            allow_sha1=row.allow_sha1,
            email_attribute=row.email_attribute,
            name_attribute=row.name_attribute,
            groups_attribute=row.groups_attribute,
            last_sign_in_at=row.last_sign_in_at,
            number=row.id,
        )


def dry_run(found: Rehearsed) -> DryRun:
    return DryRun(
        verdict=Verdict.REFUSED if found.refused else Verdict.ACCEPTED,
        reason=found.refused.message if found.refused else None,
        checks=[Reason(holds=check.holds, sentence=check.sentence) for check in found.checks],
        subject=found.login.name_id if found.login else None,
        attributes=Attribute.all_of(found.login.attributes) if found.login else [],
        rules=rule_traces(found.outcome),
        changes=list(found.sentences),
    )
