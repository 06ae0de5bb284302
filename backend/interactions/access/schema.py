"""Why a person can see an interaction, as clients ask it."""

from __future__ import annotations

import strawberry

from backend.authz.actions import AccountAction
from backend.graphql.context import Info
from backend.graphql.ids import local_id
from backend.graphql.reasons import Reason
from backend.interactions.access.service import explain
from backend.roles.explanation import Decision


@strawberry.type
class AccessDecision:
    allowed: bool
    action: str
    sentence: str
    reasons: list[Reason] = strawberry.field(description="Step by step, as it was decided.")

    @classmethod
    def of(cls, decision: Decision, action: str) -> AccessDecision:
        reasons = [Reason(holds=step.holds, sentence=step.sentence) for step in decision.steps]
        return cls(allowed=decision.allowed, action=action, sentence=decision.sentence, reasons=reasons)


@strawberry.type
class AccessQuery:
    @strawberry.field(
        description=(
            "Why a person may do something, to one interaction where one is named. Needs account.roles, and shows nothing of the\n"
            "interaction but how it stands to the person."
        )
    )
    async def explain_access(
        self, info: Info, user_id: strawberry.ID, action: str, interaction_id: strawberry.ID | None = strawberry.UNSET
    ) -> AccessDecision:
        viewer = info.context.viewer
        viewer.require_account(AccountAction.ROLES_EDIT)
        place = local_id("Interaction", interaction_id) or 0 if isinstance(interaction_id, str) else None
        async with info.context.read() as session:
            decision = await explain(session, viewer.account_id, local_id("User", user_id) or 0, action, place)
        return AccessDecision.of(decision, action)
