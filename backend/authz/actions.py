"""Everything that a permission can name."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """How far a permission reaches: the actor's own calls, those of the agents in the teams they supervise, or the whole account."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Action(StrEnum):
    """QM permissions, granted by roles in `policies/`."""

    INTERACTION_READ = "interaction.read"
    INTERACTION_INGEST = "interaction.ingest"
    INTERACTION_RETRY = "interaction.retry"
    INTERACTION_ASSIGN_ROLE = "interaction.assign_role"


class AccountAction(StrEnum):
    """Permissions over the account itself, given by the account role and apart from QM roles. None shows a conversation."""

    SETTINGS_EDIT = "account.settings"
    USERS_EDIT = "account.users"
    ROLES_EDIT = "account.roles"
    IDENTITY_EDIT = "account.identity"
    DEFINITIONS_EDIT = "account.definitions"
    AUDIT_READ = "account.audit"


class AccountRole(StrEnum):
    """What a person is to the account. Owners alone make owners."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


GIVEN: dict[AccountRole, frozenset[AccountAction]] = {
    AccountRole.OWNER: frozenset(AccountAction),
    AccountRole.ADMIN: frozenset(AccountAction),
    AccountRole.MEMBER: frozenset(),
}
