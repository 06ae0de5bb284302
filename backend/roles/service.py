"""
What roles may do, from the policies in `policies/`, by Casbin.

A policy is (role, action, scope). A decision costs Casbin up to 0.7 ms, so a person's permissions are resolved once a request into a
plain mapping, never asked row by row; the scope becomes one SQL predicate.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import casbin

from backend.authz.actions import Action, Scope
from backend.authz.actor import widest
from backend.errors import ConfigurationError

FOLDER = Path(__file__).resolve().parents[2] / "policies"
DEFAULT_ROLES = ("admin", "supervisor", "evaluator", "agent")
NAMES = {"admin": "Admin", "supervisor": "Supervisor", "evaluator": "Evaluator", "agent": "Agent"}


@lru_cache
def _enforcer() -> casbin.Enforcer:
    enforcer = casbin.Enforcer(str(FOLDER / "model.conf"), str(FOLDER / "default.csv"))
    for role, action, scope in enforcer.get_policy():
        if role not in DEFAULT_ROLES or action not in set(Action) or scope not in set(Scope):
            raise ConfigurationError(f"policies/default.csv: {role}, {action}, {scope} names an unknown role, action or scope.")
    return enforcer


def permissions_of(roles: Iterable[str]) -> dict[Action, Scope]:
    """The widest scope of each action over all these roles. Unknown roles give nothing."""
    return dict(_permissions(frozenset(roles)))


@lru_cache(maxsize=256)
def _permissions(roles: frozenset[str]) -> dict[Action, Scope]:
    found: dict[Action, Scope] = {}
    for role in roles:
        for _, action, scope in _enforcer().get_permissions_for_user(role):
            found[Action(action)] = widest(found.get(Action(action)), Scope(scope))
    return found


def names_of(roles: Iterable[str]) -> list[str]:
    """Roles as people read them, in the order of the defaults."""
    order = {role: place for place, role in enumerate(DEFAULT_ROLES)}
    return [NAMES.get(role, role) for role in sorted(roles, key=lambda role: (order.get(role, len(order)), role))]
