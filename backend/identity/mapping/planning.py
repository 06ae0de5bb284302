"""
What a decision would change for a person, by kind, from what they have: which people `provisioning.apply` has something to do for, and how
many of each kind. Pure. It says rather too much than too little: of a team that was given by hand, applying decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum

from backend.identity.mapping.rules import Outcome, Verdict
from backend.roles.service import LEAST


class Kind(StrEnum):
    SEAT_GIVEN = "seat_given"
    SEAT_MOVED = "seat_moved"
    SEAT_RELEASED = "seat_released"
    ROLES = "roles"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Holding:
    """
    What a person has: the key of their seat's licence and how it came, the roles and the team that the mapping gave, and the names of all
    teams that they are in or lead.
    """

    licence: str | None = None
    seat_source: str | None = None
    roles: frozenset[str] = frozenset()
    mapped_team: str | None = None
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """The keys of what there is to give."""

    licences: Set[str]
    roles: Set[str]


def planned(outcome: Outcome, holding: Holding, known: Known, source: str) -> frozenset[Kind]:
    """Empty where the person has all that is decided already."""
    seat = _seat(outcome, holding, known, source)
    found = {seat, _roles(outcome, holding, known, released=seat is Kind.SEAT_RELEASED), _team(outcome, holding)}
    return frozenset(kind for kind in found if kind is not None)


def _seat(outcome: Outcome, holding: Holding, known: Known, source: str) -> Kind | None:
    decided, ours = outcome.licence, holding.licence is not None and holding.seat_source == source
    if decided.verdict is Verdict.UNRULED:
        return None
    if decided.verdict is not Verdict.GIVEN:
        return Kind.SEAT_RELEASED if ours else None
    if decided.gives[0] not in known.licences or holding.licence == decided.gives[0]:
        return None
    if holding.licence is None:
        return Kind.SEAT_GIVEN
    return Kind.SEAT_MOVED if ours else None


def _roles(outcome: Outcome, holding: Holding, known: Known, *, released: bool) -> Kind | None:
    if outcome.role.verdict is Verdict.UNRULED:
        return None
    wanted = known.roles & set(outcome.role.gives)
    keeps_seat = holding.licence is not None and not released
    if not wanted and keeps_seat and holding.roles == {LEAST}:
        return None
    return Kind.ROLES if holding.roles != wanted else None


def _team(outcome: Outcome, holding: Holding) -> Kind | None:
    decided = outcome.team
    if decided.verdict is Verdict.UNRULED:
        return None
    wanted = decided.gives[0] if decided.verdict is Verdict.GIVEN else None
    if holding.mapped_team == wanted or (holding.mapped_team is None and wanted in holding.teams):
        return None
    return Kind.TEAM


@dataclass
class Demand:
    """Seats that are asked for and given back, by licence."""

    asked: Counter[str] = field(default_factory=Counter)
    freed: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome, holding: Holding, kinds: Iterable[Kind]) -> None:
        for kind in kinds:
            if kind in (Kind.SEAT_GIVEN, Kind.SEAT_MOVED):
                self.asked[outcome.licence.gives[0]] += 1
            if kind in (Kind.SEAT_RELEASED, Kind.SEAT_MOVED) and holding.licence is not None:
                self.freed[holding.licence] += 1

    def missing(self, free: Mapping[str, int]) -> int:
        """How many seats are too few; `free` are those left now, by licence."""
        return sum(max(0, number - self.freed[key] - max(0, free.get(key, 0))) for key, number in self.asked.items())
