"""What a token may do, and how long. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from backend.authz.actions import AccountAction, Action
from backend.authz.actor import Actor
from backend.errors import InvalidInput

PREFIX = "assay_"
"""Makes a token that leaked into a log or a repository easy to find."""
READ = "read"
READING = frozenset(action for action in Action if action.rpartition(".")[2] in {"read", "play"})
LONGEST_DAYS = 366
LONGEST_NAME = 80
_LONGEST = 2_048
_TOUCH = timedelta(minutes=1)


class Kind(StrEnum):
    API = "api"
    SCIM = "scim"


class Audience(StrEnum):
    """What a token opens; one does not open the other."""

    API = "assay.api"
    SCIM = "assay.scim"


AUDIENCES = {Kind.API: Audience.API, Kind.SCIM: Audience.SCIM}


@dataclass(frozen=True, slots=True)
class Scopes:
    """What a token's owner let it do."""

    actions: frozenset[Action]
    account: frozenset[AccountAction]

    def cut(self, actor: Actor, token_id: int) -> Actor:
        """The owner, seen through the token: what they may do and the scopes name, and never more."""
        return replace(actor.limited(self.actions, self.account), token_id=token_id)


def parse_scopes(names: Iterable[str]) -> Scopes:
    """`read` is every permission to see and hear. What an older program called by another name gives nothing."""
    known, account = {str(action) for action in Action}, {str(action) for action in AccountAction}
    actions: set[Action] = set()
    accounts: set[AccountAction] = set()
    for name in names:
        actions |= READING if name == READ else {Action(name)} if name in known else set()
        accounts |= {AccountAction(name)} if name in account else set()
    return Scopes(frozenset(actions), frozenset(accounts))


def checked_scopes(names: Sequence[str], kind: Kind, actor: Actor) -> list[str]:
    """The scopes of a new token in order. Raises InvalidInput at one that is unknown, or that the owner does not hold."""
    if kind is Kind.SCIM:
        if names:
            raise InvalidInput("A SCIM token has no scopes: it does what SCIM does.", pointer="/input/scopes", value=names[0])
        return []
    if not names:
        raise InvalidInput("Name at least one scope: `read`, or a permission that you hold.", pointer="/input/scopes", value="")
    for place, name in enumerate(names):
        scopes, pointer = parse_scopes([name]), f"/input/scopes/{place}"
        if not (scopes.actions or scopes.account):
            raise InvalidInput(
                "There is no such permission. `permissions` lists them; `read` is all that see.", pointer=pointer, value=name
            )
        lacking = name != READ and not (scopes.actions & actor.permissions.keys()) and not any(map(actor.may, scopes.account))
        if lacking:
            raise InvalidInput("You do not hold this permission, so a token of yours cannot.", pointer=pointer, value=name)
    return sorted(set(names))


def checked_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not 0 < len(cleaned) <= LONGEST_NAME:
        raise InvalidInput(f"Give the token a name of 1 to {LONGEST_NAME} characters.", pointer="/input/name", value=name)
    return cleaned


def checked_days(days: int) -> int:
    if not 0 < days <= LONGEST_DAYS:
        raise InvalidInput(f"A token lives for 1 to {LONGEST_DAYS} days.", pointer="/input/days", value=days)
    return days


def bearer_token(header: str | None) -> str | None:
    """What stands behind `Bearer` in an Authorization header; None where the header is another scheme's or missing."""
    scheme, _, token = (header or "").strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def signed_part(token: str) -> str | None:
    """The JWT of a token; None where it cannot be one of ours."""
    return token.removeprefix(PREFIX) if token.startswith(PREFIX) and len(token) <= _LONGEST and token.isascii() else None


def needs_touch(last_used_at: datetime | None, now: datetime) -> bool:
    """Written at most once a minute."""
    return last_used_at is None or now - last_used_at >= _TOUCH
