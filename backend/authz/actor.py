"""The one who asks. Every service takes it beside its session."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from backend.authz.actions import GIVEN, AccountAction, AccountRole, Action, Scope
from backend.errors import NotPermitted

T = TypeVar("T")
_WIDTH = {Scope.OWN: 1, Scope.TEAM: 2, Scope.ALL: 3}


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A person with resolved permissions, or the system (`user_id` None).

    `agent_ids` are the agents that the person is; `team_ids` the teams that the person supervises; `permissions` the widest scope of each
    action over all the person's roles. Without a seat, `permissions` is empty. `action_limit` and `account_limit` are what a token leaves
    of the permissions; None leaves all. `limited` sets them, `under` keeps them where the person is read afresh. `token_id` is the token
    through which the person asks; None where they are there in person.
    """

    account_id: int
    user_id: int | None
    name: str = ""
    roles: frozenset[str] = frozenset()
    account_role: str = "member"
    has_seat: bool = False
    agent_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    permissions: dict[Action, Scope] = field(default_factory=dict)
    action_limit: frozenset[Action] | None = None
    account_limit: frozenset[AccountAction] | None = None
    token_id: int | None = None

    @property
    def kind(self) -> str:
        """user, token (a person through a token), scim (a token of the account), or system."""
        if self.token_id is not None:
            return "scim" if self.user_id is None else "token"
        return "system" if self.user_id is None else "user"

    def scope(self, action: Action) -> Scope | None:
        """How far the actor may do this; None: not at all."""
        return self.permissions.get(action)

    def reach(self, action: Action) -> Scope | None:
        """
        How far the actor may do this to interactions that are there: not beyond those that they may see. None: not at all.
        """
        sight, scope = self.scope(Action.INTERACTION_READ), self.scope(action)
        return None if sight is None or scope is None else min(sight, scope, key=_WIDTH.__getitem__)

    def require(self, action: Action) -> Scope:
        """The scope of the permission. Raises NotPermitted where there is none."""
        scope = self.scope(action)
        if scope is None:
            raise NotPermitted(action)
        return scope

    def may(self, action: AccountAction) -> bool:
        """Whether the account role, and the token where one is used, give this. QM roles never do."""
        return action in GIVEN[AccountRole(self.account_role)] and (self.account_limit is None or action in self.account_limit)

    def require_account(self, action: AccountAction) -> None:
        """Raises NotPermitted where the actor lacks the account's permission."""
        if not self.may(action):
            raise NotPermitted(action)

    def limited(self, actions: Iterable[Action] | None, account_actions: Iterable[AccountAction] | None) -> Actor:
        """The same person with nothing but these permissions, as far as they hold them. None limits nothing."""
        kept, account = _both(self.action_limit, actions), _both(self.account_limit, account_actions)
        left = {action: scope for action, scope in self.permissions.items() if kept is None or action in kept}
        return replace(self, permissions=left, action_limit=kept, account_limit=account)

    def under(self, before: Actor) -> Actor:
        """This person, read afresh, under the limits that `before` was under."""
        return replace(self.limited(before.action_limit, before.account_limit), token_id=before.token_id)


def _both(first: frozenset[T] | None, second: Iterable[T] | None) -> frozenset[T] | None:
    if second is None:
        return first
    return frozenset(second) if first is None else first & frozenset(second)


def system(account_id: int) -> Actor:
    """The program itself, at work for one account."""
    return Actor(account_id, None, name="Assay", account_role="owner", has_seat=True, permissions=dict.fromkeys(Action, Scope.ALL))


def widest(first: Scope | None, second: Scope) -> Scope:
    """The wider of two scopes."""
    return second if first is None or _WIDTH[second] > _WIDTH[first] else first
