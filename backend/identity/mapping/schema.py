"""Writing mapping rules, for identity providers and for SCIM alike."""

from __future__ import annotations

from typing import Annotated

import strawberry

from backend.authz.actions import AccountAction
from backend.graphql.context import Info
from backend.graphql.errors import InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import local_id
from backend.graphql.mutation import Mutates
from backend.identity.mapping import service
from backend.identity.mapping.rules import Op, Target
from backend.identity.mapping.service import NewRule
from backend.identity.mapping.types import MappingOp, MappingRule, MappingTarget, mapping_rules


@strawberry.input
class MappingRuleInput:
    target: MappingTarget
    attribute: str
    op: MappingOp
    value: str
    gives: list[str]
    none: bool = False

    def written(self) -> NewRule:
        return NewRule(Target(self.target.value), self.attribute, Op(self.op.value), self.value, tuple(self.gives), self.none)


@strawberry.input
class SaveMappingRulesInput:
    provider_id: strawberry.ID | None = strawberry.field(default=None, description="Null: the rules of SCIM.")
    rules: list[MappingRuleInput] = strawberry.field(description="All of them, in order.")


@strawberry.type
class SaveMappingRulesPayload:
    rules: list[MappingRule]


SaveMappingRulesResult = Annotated[
    SaveMappingRulesPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("SaveMappingRulesResult")
]


@strawberry.type
class MappingMutation:
    @strawberry.mutation(
        extensions=[Mutates(AccountAction.IDENTITY_EDIT)],
        description="Replaces the whole list. A provider's rules count from the next sign-in on; by SCIM's everybody in the directory is"
        " decided again in the background.",
    )
    async def save_mapping_rules(self, info: Info, input: SaveMappingRulesInput) -> SaveMappingRulesResult:
        number = None if input.provider_id is None else local_id("IdentityProvider", input.provider_id) or 0
        async with info.context.write() as session:
            saved = await service.save_rules(
                session, info.context.viewer, provider_id=number, new=[rule.written() for rule in input.rules]
            )  # fmt: skip
        return SaveMappingRulesPayload(rules=mapping_rules(saved))
