"""Connecting identity providers, and trying what a response would do. All of it needs account.identity."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import strawberry

from backend.authz.actions import AccountAction
from backend.clock import utc_now
from backend.graphql.context import Info
from backend.graphql.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.identity.mapping.types import DryRunPayload, DryRunResult
from backend.identity.saml import providers, repository
from backend.identity.saml.keys import KEPT_DAYS, Rollover, check, ensure_key, make_key, rotate
from backend.identity.saml.providers import Given
from backend.identity.saml.rehearsal import rehearse
from backend.identity.saml.types import IdentityProvider, SamlKey, dry_run

_SETTINGS = (
    "name", "active", "allow_idp_initiated", "create_users", "allow_sha1", "email_attribute", "name_attribute", "groups_attribute",
)  # fmt: skip


@strawberry.input(
    description=(
        "The technical part comes from `metadataXml`, or from `entityId`, `ssoUrl`, `sloUrl` and `certificates` (PEM or bare base64).\n"
        "With several providers in the metadata `entityId` says which. What is left out stays as it is."
    )
)
class SaveIdentityProviderInput:
    id: strawberry.ID | None = strawberry.field(default=None, description="Null: a new one.")
    name: str | None = None
    metadata_xml: str | None = None
    entity_id: str | None = None
    sso_url: str | None = None
    slo_url: str | None = strawberry.field(default=None, description="An empty text takes it away.")
    certificates: list[str] | None = strawberry.field(default=None, description="All of them; others are removed.")
    active: bool | None = None
    allow_idp_initiated: bool | None = None
    create_users: bool | None = None
    allow_sha1: bool | None = None
    email_attribute: str | None = None
    name_attribute: str | None = None
    groups_attribute: str | None = None

    def given(self) -> Given:
        settings: dict[str, Any] = {name: value for name in _SETTINGS if (value := getattr(self, name)) is not None}
        return Given(settings, self.metadata_xml or None, self.entity_id, self.sso_url, self.slo_url, self.certificates)


@strawberry.input
class AddCertificateInput:
    provider_id: strawberry.ID
    pem: str


@strawberry.input
class DryRunSamlInput:
    provider_id: strawberry.ID
    response: str = strawberry.field(description="As XML, as base64, or as the form field that a browser sent.")
    at: datetime | None = strawberry.field(default=None, description="The clock; null: now.")


@strawberry.input
class RotateSamlKeyInput:
    keep_days: int = strawberry.field(default=KEPT_DAYS, description="For how long the old key goes on beside the new one; 0: it ends now.")
    sign_after_days: int = strawberry.field(
        default=0, description="When the new key begins to sign, for providers that must have its certificate before."
    )


@strawberry.type
class RotateSamlKeyPayload:
    keys: list[SamlKey]


@strawberry.type
class SaveIdentityProviderPayload:
    provider: IdentityProvider


@strawberry.type
class DeleteIdentityProviderPayload:
    id: strawberry.ID


@strawberry.type
class AddCertificatePayload:
    provider: IdentityProvider


@strawberry.type
class RemoveCertificatePayload:
    provider: IdentityProvider


SaveIdentityProviderResult = Annotated[
    SaveIdentityProviderPayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("SaveIdentityProviderResult")
]
DeleteIdentityProviderResult = Annotated[
    DeleteIdentityProviderPayload | NotFound | NotPermitted | Conflict, strawberry.union("DeleteIdentityProviderResult")
]
AddCertificateResult = Annotated[
    AddCertificatePayload | InvalidInput | NotFound | NotPermitted | Conflict, strawberry.union("AddCertificateResult")
]
RemoveCertificateResult = Annotated[
    RemoveCertificatePayload | NotFound | NotPermitted | Conflict, strawberry.union("RemoveCertificateResult")
]


RotateSamlKeyResult = Annotated[RotateSamlKeyPayload | InvalidInput | NotPermitted | Conflict, strawberry.union("RotateSamlKeyResult")]


async def _saml_keys(info: Info) -> list[SamlKey]:
    async with info.context.read() as session:
        return SamlKey.all_of(await repository.service_keys(session, info.context.viewer.account_id, utc_now()))


async def identity_provider(info: Info, number: int) -> IdentityProvider | None:
    """A provider, for whoever may see them."""
    viewer = info.context.viewer
    if not viewer.may(AccountAction.IDENTITY_EDIT):
        return None
    async with info.context.read() as session:
        row = await repository.provider(session, viewer.account_id, number)
    return IdentityProvider.from_row(row) if row else None


@strawberry.type
class SamlQuery:
    @strawberry.field(description="By name. Needs account.identity.")
    async def identity_providers(self, info: Info) -> list[IdentityProvider]:
        info.context.viewer.require_account(AccountAction.IDENTITY_EDIT)
        async with info.context.read() as session:
            rows = await repository.providers(session, info.context.viewer.account_id)
        return [IdentityProvider.from_row(row) for row in rows]

    @strawberry.field(description="The account's own keys in its metadata, the latest first. Needs account.identity.")
    async def saml_keys(self, info: Info) -> list[SamlKey]:
        info.context.viewer.require_account(AccountAction.IDENTITY_EDIT)
        return await _saml_keys(info)

    @strawberry.field(name="identityProvider", description="Needs account.identity.")
    async def one_identity_provider(self, info: Info, id: strawberry.ID) -> IdentityProvider | None:
        info.context.viewer.require_account(AccountAction.IDENTITY_EDIT)
        return await identity_provider(info, local_id("IdentityProvider", id) or 0)


@strawberry.type
class SamlMutation:
    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT, in_person=True)], description="Connects a provider, or changes one."
    )
    async def save_identity_provider(self, info: Info, input: SaveIdentityProviderInput) -> SaveIdentityProviderResult:
        context, services = info.context, info.context.services
        number = None if input.id is None else local_id("IdentityProvider", input.id) or 0
        await ensure_key(services.database, services.sealers, context.viewer.account_id)
        async with context.write() as session:
            row = await providers.save(session, context.viewer, provider_id=number, given=input.given())
        return SaveIdentityProviderPayload(provider=IdentityProvider.from_row(row))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="Its rules go with it; the people whom it brought, and sessions that are open, stay."
        " A Conflict where nobody could sign in without it.",
    )
    async def delete_identity_provider(self, info: Info, id: strawberry.ID) -> DeleteIdentityProviderResult:
        async with info.context.write() as session:
            await providers.delete(session, info.context.viewer, provider_id=local_id("IdentityProvider", id) or 0)
        return DeleteIdentityProviderPayload(id=id)

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT, in_person=True)],
        description="One more certificate, beside those that the provider changes from.",
    )
    async def add_certificate(self, info: Info, input: AddCertificateInput) -> AddCertificateResult:
        number = local_id("IdentityProvider", input.provider_id) or 0
        async with info.context.write() as session:
            row = await providers.add_certificate(session, info.context.viewer, provider_id=number, pem=input.pem)
        return AddCertificatePayload(provider=IdentityProvider.from_row(row))

    @strawberry.mutation(extensions=[Mutates(AccountAction.IDENTITY_EDIT)], description="The last one of an active provider stays.")
    async def remove_certificate(self, info: Info, id: strawberry.ID) -> RemoveCertificateResult:
        async with info.context.write() as session:
            row = await providers.remove_certificate(
                session, info.context.viewer, certificate_id=local_id("Certificate", id) or 0
            )  # fmt: skip
        return RemoveCertificatePayload(provider=IdentityProvider.from_row(row))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT, in_person=True)],
        description="A new key of the account's own. Metadata lists both until the old one ends; both open what is encrypted for them.",
    )
    async def rotate_saml_key(self, info: Info, input: RotateSamlKeyInput) -> RotateSamlKeyResult:
        context, how = info.context, Rollover(input.keep_days, input.sign_after_days)
        check(how)
        made = await make_key(context.viewer.account_id)
        async with context.write() as session:
            await rotate(session, context.viewer, context.services.sealers, made, how)
        await context.renew()
        return RotateSamlKeyPayload(keys=await _saml_keys(info))

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="What a response would do, and why: by the code that signs people in, and nothing of it is kept.",
    )
    async def dry_run_saml(self, info: Info, input: DryRunSamlInput) -> DryRunResult:
        number = local_id("IdentityProvider", input.provider_id) or 0
        async with info.context.write() as session:
            found = await rehearse(
                session, info.context.services, info.context.viewer, provider_id=number, pasted=input.response, at=input.at or utc_now()
            )
        return DryRunPayload(dry_run=dry_run(found))
