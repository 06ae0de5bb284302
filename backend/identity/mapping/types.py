"""Mapping rules and dry runs as clients see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Annotated

import strawberry

from backend.graphql.errors import InvalidInput, NotFound, NotPermitted
from backend.graphql.ids import global_id
from backend.graphql.reasons import Reason
from backend.identity.mapping import rules


@strawberry.enum
class MappingTarget(Enum):
    LICENCE = "licence"
    ROLE = "role"
    TEAM = "team"


@strawberry.enum(description="How a rule compares an attribute's values with its own. Case does not matter.")
class MappingOp(Enum):
    EXACT = "exact"
    CONTAINS = "contains"


@strawberry.type(description="The first rule of a target that matches decides.")
class MappingRule:
    id: strawberry.ID
    place: int = strawberry.field(description="Among the rules of its target, from 1 on.")
    target: MappingTarget
    attribute: str
    op: MappingOp
    value: str
    gives: list[str] = strawberry.field(description="A licence's key, keys of roles, or a team's name.")
    none: bool = strawberry.field(description="It gives nothing, and blocks what follows it.")

    @classmethod
    def of(cls, rule: rules.Rule) -> MappingRule:
        return cls(
            id=global_id("MappingRule", rule.id),
            place=rule.place,
            target=MappingTarget(rule.target.value),
            attribute=rule.attribute,
            op=MappingOp(rule.op.value),
            value=rule.value,
            gives=list(rule.gives),
            none=not rule.gives,
        )


@strawberry.type(description="What became of one rule.")
class RuleTrace:
    target: MappingTarget
    rule: MappingRule
    matched: bool
    decided: bool
    why: str

    @classmethod
    def of(cls, trace: rules.Trace) -> RuleTrace:
        target = MappingTarget(trace.rule.target.value)
        return cls(target=target, rule=MappingRule.of(trace.rule), matched=trace.matched, decided=trace.decided, why=trace.why)


@strawberry.type(description="What is said of a person under one name.")
class Attribute:
    name: str
    values: list[str]

    @classmethod
    def all_of(cls, attributes: Mapping[str, Sequence[str]]) -> list[Attribute]:
        return [cls(name=name, values=list(values)) for name, values in attributes.items()]


@strawberry.enum
class Verdict(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"


@strawberry.type(description="What a message would do, by the code of the real thing; nothing was written.")
class DryRun:
    verdict: Verdict
    reason: str | None = strawberry.field(description="Why it is refused, in a sentence.")
    checks: list[Reason]
    subject: str | None = strawberry.field(description="Whom it names.")
    attributes: list[Attribute]
    rules: list[RuleTrace] = strawberry.field(description="Every rule, in the order in which they were asked.")
    changes: list[str] = strawberry.field(description="What would be done, in sentences.")


@strawberry.type
class DryRunPayload:
    dry_run: DryRun


DryRunResult = Annotated[DryRunPayload | InvalidInput | NotFound | NotPermitted, strawberry.union("DryRunResult")]


def rule_traces(outcome: rules.Outcome | None) -> list[RuleTrace]:
    return [RuleTrace.of(trace) for trace in outcome.traces] if outcome else []


def mapping_rules(found: Iterable[rules.Rule]) -> list[MappingRule]:
    """By target, in order."""
    order = list(rules.Target)
    return [MappingRule.of(rule) for rule in sorted(found, key=lambda rule: (order.index(rule.target), rule.place, rule.id))]
