"""
What roles may do, by Casbin.

A policy is (role, action, scope). A decision costs Casbin up to 0.7 ms, so the permissions of a set of roles are decided once for each
version of an account's policies and kept; they are never asked row by row. The scope becomes one SQL predicate.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import casbin

from backend.authz.actions import OFFERS, Action, Scope
from backend.errors import ConfigurationError
from backend.roles.rules import DEFAULT_ROLES, Policy

FOLDER = Path(__file__).resolve().parents[2] / "policies"
_MOST = 256


class Policies:
    """An account's policies at one version of them."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._enforcer = casbin.Enforcer(str(FOLDER / "model.conf"))
        self._enforcer.add_policies([list(policy) for policy in policies])
        self._decided: dict[frozenset[str], dict[Action, Scope]] = {}

    def allows(self, role: str, action: Action, scope: Scope) -> bool:
        """Whether the role is granted the action in exactly this scope."""
        return bool(self._enforcer.enforce(role, action.value, scope.value))

    def permissions(self, roles: Iterable[str]) -> dict[Action, Scope]:
        """The widest scope of each action over all these roles. Unknown roles give nothing."""
        held = frozenset(roles)
        if held not in self._decided:
            self._decided[held] = {action: scope for action in Action if (scope := self._widest(held, action))}
        return dict(self._decided[held])

    def _widest(self, roles: frozenset[str], action: Action) -> Scope | None:
        offered = reversed(OFFERS[action].scopes)
        return next((scope for scope in offered if any(self.allows(role, action, scope) for role in roles)), None)


@lru_cache
def delivered() -> tuple[Policy, ...]:
    """`policies/default.csv`. Raises ConfigurationError where it names what there is not."""
    enforcer = casbin.Enforcer(str(FOLDER / "model.conf"), str(FOLDER / "default.csv"))
    policies: list[Policy] = [(role, action, scope) for role, action, scope in enforcer.get_policy()]
    for role, action, scope in policies:
        if role not in DEFAULT_ROLES or action not in set(Action) or scope not in OFFERS[Action(action)].scopes:
            raise ConfigurationError(f"policies/default.csv: {role}, {action}, {scope} names an unknown role, action or scope.")
    return tuple(policies)


@lru_cache
def default_policies() -> Policies:
    """Those of every account that has changed nothing."""
    return Policies(delivered())


class Kept:
    """The policies of the accounts that were asked for last, by account and version."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._found: OrderedDict[tuple[int, int], Policies] = OrderedDict()

    def get(self, account_id: int, version: int) -> Policies | None:
        found = self._found.get((account_id, version))
        if found is not None:
            self._found.move_to_end((account_id, version))
        return found

    def put(self, account_id: int, version: int, policies: Policies) -> None:
        self._found[account_id, version] = policies
        while len(self._found) > self._most:
            self._found.popitem(last=False)
