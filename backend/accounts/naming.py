"""
Who names a role, a licence or a team.

Mapping rules know all three by name and stand above them. What they name is not deleted under them: a rule would give nothing, or make a
deleted team anew, and nobody would see why. Whoever names registers here, once, as it is imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from backend.db.session import Session
from backend.errors import Conflict

_SHOWN = 5


class Named(StrEnum):
    """A role and a licence are named by their keys, a team by its name."""

    ROLE = "role"
    LICENCE = "licence"
    TEAM = "team"


class Names(Protocol):
    """Both hold what they read until the transaction ends: nobody begins to name it meanwhile."""

    async def naming(self, session: Session, kind: Named, key: str) -> Sequence[str]:
        """What names it, each in a few words; empty where nothing does."""
        ...

    async def renamed(self, session: Session, kind: Named, before: str, after: str) -> int:
        """Goes on to name it, under its new name; how many did."""
        ...


_all: list[Names] = []


def register(names: Names) -> None:
    if names not in _all:
        _all.append(names)


async def refuse_named(session: Session, kind: Named, key: str, name: str) -> None:
    """Raises Conflict that says what names it, where anything does."""
    found = [words for names in _all for words in await names.naming(session, kind, key)]
    if found:
        more = f", and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise Conflict(
            f"Mapping rules give the {kind} {name}: {', '.join(found[:_SHOWN])}{more}. Change or remove them first, under Identity."
        )


async def carry_name(session: Session, kind: Named, before: str, after: str) -> int:
    """Whatever names it goes on to; how many did."""
    return sum([await names.renamed(session, kind, before, after) for names in _all])
