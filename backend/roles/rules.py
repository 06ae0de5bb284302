"""What a role is and what may be granted to it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.authz.actions import OFFERS, Action, Scope
from backend.errors import InvalidInput

Policy = tuple[str, str, str]
"""Role, action, scope, as Casbin reads them."""
Grants = Mapping[Action, Scope]

WITHDRAWN = "none"
"""In place of a scope: a permission that the role has as delivered, and that the account took from it."""
LONGEST_NAME = 60
LONGEST_DESCRIPTION = 500
_LONGEST_KEY = 50


@dataclass(frozen=True, slots=True)
class Described:
    """A role in words."""

    name: str
    description: str


DEFAULTS: dict[str, Described] = {
    "admin": Described("Admin", "Runs quality management: sees and handles every interaction of the account."),
    "supervisor": Described("Supervisor", "Leads teams: sees and handles the interactions of the agents in them."),
    "evaluator": Described("Evaluator", "Reviews: sees every interaction, and changes none."),
    "agent": Described("Agent", "Takes calls: sees their own interactions. Whoever gets a seat and has no role is an agent."),
}
DEFAULT_ROLES = tuple(DEFAULTS)


@dataclass(frozen=True, slots=True)
class RoleInForce:
    """A role of an account as it is now. `is_changed`: a default role that differs from what was delivered."""

    key: str
    name: str
    description: str
    is_default: bool
    is_changed: bool
    based_on: str | None = None
    grants: Grants = field(default_factory=dict)


def checked_grants(given: Sequence[tuple[str, str]], *, pointer: str) -> dict[Action, Scope]:
    """(action, scope) pairs as grants. Raises InvalidInput at the first that names nothing there is to grant."""
    grants: dict[Action, Scope] = {}
    for place, (action, scope) in enumerate(given):
        offer = OFFERS.get(Action(action)) if action in set(Action) else None
        if offer is None:
            message = f"There is no such permission. Choose among {', '.join(Action)}."
            raise InvalidInput(message, pointer=f"{pointer}/{place}/action", value=action)
        if scope not in offer.scopes:
            message = f"{action} is granted as {' or '.join(offer.scopes)}."
            raise InvalidInput(message, pointer=f"{pointer}/{place}/scope", value=scope)
        if action in grants:
            raise InvalidInput(f"{action} is granted twice. Name it once.", pointer=f"{pointer}/{place}/action", value=action)
        grants[Action(action)] = Scope(scope)
    return grants


def checked_name(name: str, *, pointer: str) -> str:
    """Without surrounding blanks. Raises InvalidInput where nothing is left, or too much."""
    clean = " ".join(name.split())
    if not 0 < len(clean) <= LONGEST_NAME or not clean.isprintable():
        raise InvalidInput(f"A role has a name of 1 to {LONGEST_NAME} printable characters.", pointer=pointer, value=name)
    return clean


def checked_description(text: str, *, pointer: str) -> str:
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput(f"A description has at most {LONGEST_DESCRIPTION} characters.", pointer=pointer, value=text)
    return text.strip()


def key_for(name: str, taken: Collection[str]) -> str:
    """A key of lower-case letters, digits and hyphens made from the name, e.g. `team-lead`; numbered where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_KEY].strip("-") or "role"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


def differences(wanted: Grants, delivered: Grants) -> dict[Action, str]:
    """What must be kept of a default role's grants: only what is not as delivered. `WITHDRAWN` for what is no longer granted."""
    changed = {action: scope.value for action, scope in wanted.items() if delivered.get(action) is not scope}
    return changed | {action: WITHDRAWN for action in delivered if action not in wanted}


def overlaid(delivered: Iterable[Policy], changes: Iterable[Policy]) -> list[Policy]:
    """The policies in force. A change replaces what was delivered of its role and action; one that this version does not know is none."""
    known = {(role, action): scope for role, action, scope in changes if action in set(Action)}
    kept = [(role, action, scope) for role, action, scope in delivered if (role, action) not in known]
    return kept + [(role, action, scope) for (role, action), scope in known.items() if scope in set(Scope)]
