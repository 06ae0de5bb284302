"""Everything that a permission can name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """How far a permission reaches: the actor's own calls, those of the agents in the teams they supervise, or the whole account."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Action(StrEnum):
    """QM permissions, granted by roles in `policies/`."""

    INTERACTION_READ = "interaction.read"
    RECORDING_PLAY = "recording.play"
    TRANSCRIPT_READ = "transcript.read"
    INTERACTION_INGEST = "interaction.ingest"
    INTERACTION_RETRY = "interaction.retry"
    INTERACTION_ASSIGN_ROLE = "interaction.assign_role"


@dataclass(frozen=True, slots=True)
class Offer:
    """A permission in a reader's words, and the scopes in which it can be granted, narrowest first."""

    title: str
    description: str
    scopes: tuple[Scope, ...] = tuple(Scope)


OFFERS: dict[Action, Offer] = {
    Action.INTERACTION_READ: Offer(
        "See interactions",
        "Find interactions in lists and open them: their facts, scores, figures, indicators, topics, and where in the call each was found.",
    ),
    Action.RECORDING_PLAY: Offer("Hear recordings", "Play the recording of an interaction that one sees, and see its waveform."),
    Action.TRANSCRIPT_READ: Offer(
        "Read what was said",
        "Read the transcript of an interaction that one sees, its summary, its passages and matched words, and search for words.",
    ),
    Action.INTERACTION_INGEST: Offer("Take interactions in", "Upload recordings and transcripts, as the calls of agents in scope."),
    Action.INTERACTION_RETRY: Offer("Run analyses again", "Run the stages of an interaction again, after a failure or with new settings."),
    Action.INTERACTION_ASSIGN_ROLE: Offer("Say who speaks", "Say which speaker is the agent and which the consumer."),
}


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
