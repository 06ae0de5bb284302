"""
Mapping rules: what an identity provider says of a person decides their licence, roles and team. Pure.

Rules are ordered within a target; the first that matches decides, and those after it are not asked. A rule that gives nothing blocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_SHOWN_VALUES = 8
_SHOWN_CHARACTERS = 80

Attributes = Mapping[str, Sequence[str]]
"""Values by attribute name, e.g. `{"groups": ["QM-Agents", "Berlin"]}`. Names are compared exactly, values without regard to case."""


class Target(StrEnum):
    """What a rule decides."""

    LICENCE = "licence"
    ROLE = "role"
    TEAM = "team"


class Op(StrEnum):
    EXACT = "exact"
    CONTAINS = "contains"


class Verdict(StrEnum):
    """`BLOCKED`: a rule says none. `UNMATCHED`: there are rules, and none matches. `UNRULED`: no rule speaks of it; it stays."""

    GIVEN = "given"
    BLOCKED = "blocked"
    UNMATCHED = "unmatched"
    UNRULED = "unruled"


@dataclass(frozen=True, slots=True)
class Rule:
    """`gives` holds a licence's key, keys of roles, or a team's name; empty is none: the target is withheld."""

    id: int
    place: int
    target: Target
    attribute: str
    op: Op
    value: str
    gives: tuple[str, ...] = ()

    def matches(self, attributes: Attributes) -> bool:
        wanted = _plain(self.value)
        values = [_plain(value) for value in attributes.get(self.attribute, ())]
        return wanted in values if self.op is Op.EXACT else any(wanted in value for value in values)


@dataclass(frozen=True, slots=True)
class Decided:
    """What came out for one target, and the rule that decided, where one did."""

    verdict: Verdict
    gives: tuple[str, ...] = ()
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One rule, whether it matches, whether it decided, and why in a sentence."""

    rule: Rule
    matched: bool
    decided: bool
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision for each target, and a trace of every rule in the order in which they were asked."""

    licence: Decided
    role: Decided
    team: Decided
    traces: tuple[Trace, ...] = ()

    def of(self, target: Target) -> Decided:
        return {Target.LICENCE: self.licence, Target.ROLE: self.role, Target.TEAM: self.team}[target]


def decide(rules: Sequence[Rule], attributes: Attributes) -> Outcome:
    """The first matching rule of each target, in order of `place`, then `id`."""
    found: dict[Target, Decided] = {}
    traces: list[Trace] = []
    for target in Target:
        asked = sorted((rule for rule in rules if rule.target is target), key=lambda rule: (rule.place, rule.id))
        decided = next((rule for rule in asked if rule.matches(attributes)), None)
        found[target] = _verdict(asked, decided)
        traces += [_trace(rule, decided, attributes) for rule in asked]
    return Outcome(found[Target.LICENCE], found[Target.ROLE], found[Target.TEAM], tuple(traces))


def _verdict(asked: Sequence[Rule], decided: Rule | None) -> Decided:
    if decided is None:
        return Decided(Verdict.UNMATCHED if asked else Verdict.UNRULED)
    return Decided(Verdict.GIVEN if decided.gives else Verdict.BLOCKED, decided.gives, decided)


def _trace(rule: Rule, decided: Rule | None, attributes: Attributes) -> Trace:
    matched = rule.matches(attributes)
    if rule is decided:
        return Trace(rule, True, True, f"{_comparison(rule, attributes)}: this rule decides, and gives {_given(rule)}.")
    if matched and decided is not None:
        return Trace(rule, True, False, f"{_comparison(rule, attributes)}, but a rule before it decided.")
    return Trace(rule, False, False, _mismatch(rule, attributes))


def _comparison(rule: Rule, attributes: Attributes) -> str:
    wanted = _plain(rule.value)
    held = next(value for value in attributes[rule.attribute] if wanted in _plain(value))
    if rule.op is Op.EXACT:
        return f"{rule.attribute} holds {_quoted(rule.value)}"
    return f"{rule.attribute} holds {_quoted(held)}, which contains {_quoted(rule.value)}"


def _mismatch(rule: Rule, attributes: Attributes) -> str:
    values = attributes.get(rule.attribute)
    if values is None:
        names = ", ".join(sorted(attributes)[:_SHOWN_VALUES]) or "none"
        return f"There is no attribute {rule.attribute}; there are: {names}."
    verb = "is" if rule.op is Op.EXACT else "contains"
    shown = ", ".join(_quoted(value) for value in values[:_SHOWN_VALUES]) or "nothing"
    more = f" and {len(values) - _SHOWN_VALUES} more" if len(values) > _SHOWN_VALUES else ""
    return f"{rule.attribute} holds {shown}{more}; none {verb} {_quoted(rule.value)}."


def _given(rule: Rule) -> str:
    return ", ".join(rule.gives) if rule.gives else "none"


def _plain(value: str) -> str:
    return value.strip().casefold()


def _quoted(value: str) -> str:
    return f"“{value[:_SHOWN_CHARACTERS]}…”" if len(value) > _SHOWN_CHARACTERS else f"“{value}”"
