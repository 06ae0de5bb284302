"""How the account is connected to a directory, and trying what a User would do. All of it needs account.identity."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.clock import utc_now
from backend.graphql.context import Info
from backend.graphql.errors import InvalidInput, NotFound, NotPermitted
from backend.graphql.mutation import Mutates
from backend.graphql.nouns import noun
from backend.graphql.reasons import Reason
from backend.graphql.scalars import JSON
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.planning import Kind
from backend.identity.mapping.schema import MappingRuleInput
from backend.identity.mapping.tables import RuleRun as RuleRunRow
from backend.identity.mapping.types import Attribute, DryRun, DryRunPayload, DryRunResult, MappingRule, Verdict, mapping_rules, rule_traces
from backend.identity.scim import repository
from backend.identity.scim.deciding import foresee
from backend.identity.scim.provider import GROUP, PATH, USER
from backend.identity.scim.rehearsal import Rehearsed, rehearse

if TYPE_CHECKING:
    from backend.api.types import User


@strawberry.type(description="Deciding about everybody in the directory again, in the background, after its rules have changed.")
class RuleRun:
    asked_at: datetime
    finished_at: datetime | None = strawberry.field(description="Null while it is at work.")
    people: int = strawberry.field(description="Active users of the directory.")
    done: int = strawberry.field(description="How many of them are decided. Those who lose a seat come before all others are counted.")
    changed: int = strawberry.field(description="For how many something changed.")
    refused: int = strawberry.field(description="For how many no seat was left.")

    @classmethod
    def from_row(cls, row: RuleRunRow) -> RuleRun:
        return cls(
            asked_at=row.asked_at, finished_at=row.finished_at, people=row.total, done=row.done, changed=row.changed, refused=row.refused
        )  # fmt: skip


@strawberry.type
class ScimSettings:
    base_url: str = strawberry.field(description="What a directory is given as the address, or tenant URL.")
    enabled: bool = strawberry.field(description="A token for SCIM counts: a directory can speak.")
    rules: list[MappingRule]
    users: int
    groups: int
    last_request_at: datetime | None = strawberry.field(description="To the minute.")
    last_run: RuleRun | None = strawberry.field(description="The last time that everybody was decided again; null: never.")


@strawberry.input
class DryRunScimInput:
    resource: JSON = strawberry.field(
        description="A User as the directory would POST it, as an object or as text. `groups` may name those that it would be in."
    )


@strawberry.input
class DryRunScimRulesInput:
    rules: list[MappingRuleInput] = strawberry.field(description="All of them, in order, as they would be saved.")


@strawberry.type
class ForeseenPerson:
    user: Annotated[User, strawberry.lazy("backend.api.types")]
    changes: list[str] = strawberry.field(description="What would be done, in sentences.")


@strawberry.type(description="What new rules would do to the people of the directory, by the code of the real thing; nothing was written.")
class ForeseenRules:
    people: int = strawberry.field(description="Active users of the directory.")
    changing: int = strawberry.field(description="For how many of them something would change.")
    seats_given: int
    seats_moved: int = strawberry.field(description="From one licence to another.")
    seats_released: int
    seats_missing: int = strawberry.field(description="How many of those given and moved would find none left.")
    roles_changed: int = strawberry.field(description="People whose roles would be others.")
    teams_changed: int = strawberry.field(description="People whose team would be another.")
    first: list[ForeseenPerson] = strawberry.field(description="The first fifty, in the order in which they would come.")


@strawberry.type
class DryRunScimRulesPayload:
    foreseen: ForeseenRules


DryRunScimRulesResult = Annotated[
    DryRunScimRulesPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("DryRunScimRulesResult")
]


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
            run = await mapping.run(session, viewer.account_id)
        return ScimSettings(
            base_url=f"{info.context.services.config.address}{PATH}",
            enabled=tokens.live > 0,
            rules=mapping_rules(rules),
            users=number.get(USER, 0),
            groups=number.get(GROUP, 0),
            last_request_at=tokens.last_used_at,
            last_run=RuleRun.from_row(run) if run else None,
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

    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="What saving these as the rules of SCIM would do to everybody in the directory. Nothing is changed; that it was asked"
        " is in the audit log.",
    )
    async def dry_run_scim_rules(self, info: Info, input: DryRunScimRulesInput) -> DryRunScimRulesResult:
        async with info.context.write() as session:
            found = await foresee(session, info.context.viewer, [rule.written() for rule in input.rules])
        kind = noun(info, "User")
        people = [(await kind.load(info, user_id), changes) for user_id, changes in found.shown]
        return DryRunScimRulesPayload(
            foreseen=ForeseenRules(
                people=found.people, changing=found.changing, seats_given=found.kinds[Kind.SEAT_GIVEN],
                seats_moved=found.kinds[Kind.SEAT_MOVED], seats_released=found.kinds[Kind.SEAT_RELEASED], seats_missing=found.missing,
                roles_changed=found.kinds[Kind.ROLES], teams_changed=found.kinds[Kind.TEAM],
                first=[ForeseenPerson(user=user, changes=[change.sentence for change in changes]) for user, changes in people if user],
            )
        )  # fmt: skip


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
