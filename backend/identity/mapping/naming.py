"""The rules that name a role, a licence or a team: what they name stays while they do, and they follow a team that is renamed."""

from __future__ import annotations

from collections.abc import Sequence

from backend.accounts import naming
from backend.accounts.naming import Named
from backend.db.session import Session
from backend.identity.mapping import repository
from backend.identity.mapping.rules import Op, Rule, Target

_OF_SCIM = "provisioning"
_PLURAL = {Target.LICENCE: "licences", Target.ROLE: "roles", Target.TEAM: "teams"}


class RuleNames:
    async def naming(self, session: Session, kind: Named, key: str) -> Sequence[str]:
        await repository.lock_rules(session)
        found = await repository.rules_giving(session, Target(kind.value), key)
        return [described(rule, provider or _OF_SCIM) for provider, rule in found]

    async def renamed(self, session: Session, kind: Named, before: str, after: str) -> int:
        await repository.lock_rules(session)
        return await repository.rename_given(session, Target(kind.value), before, after)


def described(rule: Rule, of: str) -> str:
    """`rule 2 for roles of Okta (groups is “coaches”)`, as the rules' page numbers them."""
    verb = "is" if rule.op is Op.EXACT else "contains"
    return f"rule {rule.place} for {_PLURAL[rule.target]} of {of} ({rule.attribute} {verb} “{rule.value}”)"


naming.register(RuleNames())
