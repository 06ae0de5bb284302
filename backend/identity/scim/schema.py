"""How the account is connected to a directory, and trying what a User would do. All of it needs account.identity."""

from __future__ import annotations

from datetime import datetime

import strawberry

from backend.authz.actions import AccountAction
from backend.clock import utc_now
from backend.graphql.context import Info
from backend.graphql.mutation import Mutates
from backend.graphql.reasons import Reason
from backend.graphql.scalars import JSON
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.types import Attribute, DryRun, DryRunPayload, DryRunResult, MappingRule, Verdict, mapping_rules, rule_traces
from backend.identity.scim import repository
from backend.identity.scim.provider import GROUP, PATH, USER
from backend.identity.scim.rehearsal import Rehearsed, rehearse


@strawberry.type
class ScimSettings:
    base_url: str = strawberry.field(description="What a directory is given as the address, or tenant URL.")
    enabled: bool = strawberry.field(description="A token for SCIM counts: a directory can speak.")
    rules: list[MappingRule]
    users: int
    groups: int
    last_request_at: datetime | None = strawberry.field(description="To the minute.")


@strawberry.input
class DryRunScimInput:
    resource: JSON = strawberry.field(
        description="A User as the directory would POST it, as an object or as text. `groups` may name those that it would be in."
    )


@strawberry.type
class ScimQuery:
    @strawberry.field
    async def scim_settings(self, info: Info) -> ScimSettings:
        viewer = info.context.viewer
        viewer.require_account(AccountAction.IDENTITY_EDIT)
        async with info.context.read() as session:
            number = await repository.counts(session, viewer.account_id)
            tokens = await repository.tokens(session, viewer.account_id, utc_now())
            rules = await mapping.rules(session, viewer.account_id, provider_id=None)
        return ScimSettings(
            base_url=f"{info.context.services.config.address}{PATH}",
            enabled=tokens.live > 0,
            rules=mapping_rules(rules),
            users=number.get(USER, 0),
            groups=number.get(GROUP, 0),
            last_request_at=tokens.last_used_at,
        )


@strawberry.type
class ScimMutation:
    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="What a User would do if the directory sent it now. Nothing is changed; that it was asked is in the audit log.",
    )
    async def dry_run_scim(self, info: Info, input: DryRunScimInput) -> DryRunResult:
        async with info.context.write() as session:
            found = await rehearse(session, info.context.viewer, input.resource)
        return DryRunPayload(dry_run=_shown(found))


def _shown(found: Rehearsed) -> DryRun:
    return DryRun(
        verdict=Verdict.REFUSED if found.refused else Verdict.ACCEPTED,
        reason=found.refused,
        checks=[Reason(holds=holds, sentence=sentence) for holds, sentence in found.checks],
        subject=found.subject,
        attributes=Attribute.all_of(found.attributes),
        rules=rule_traces(found.outcome),
        changes=found.sentences,
    )
