"""Keeping mapping rules: the whole ordered list of a provider, or of SCIM, at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session
from backend.errors import InvalidInput, NotFound
from backend.events import RulesSaved
from backend.identity.mapping import naming, repository  # noqa: F401 - naming: what rules name is kept from here on
from backend.identity.mapping.rules import Op, Rule, Target
from backend.licensing import service as licensing
from backend.roles import service as roles

MOST_RULES = 200
_LONGEST = 512


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it is written down. `none`: it gives nothing, and blocks what follows it."""

    target: Target
    attribute: str
    op: Op
    value: str
    gives: tuple[str, ...] = ()
    none: bool = False


async def save_rules(session: Session, actor: Actor, *, provider_id: int | None, new: Sequence[NewRule]) -> list[Rule]:
    """
    Replaces the rules of a provider, or of SCIM where it is None, by these in their order. A provider's count from the next sign-in on; by
    SCIM's everybody in the directory is decided again after the commit, in the background. Raises NotPermitted, NotFound without such a
    provider, InvalidInput with a pointer to what cannot be.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    if provider_id is not None and not await repository.provider_exists(session, provider_id):
        raise NotFound("There is no such identity provider.")
    if len(new) > MOST_RULES:
        raise InvalidInput(f"There may be at most {MOST_RULES} rules.", pointer="/input/rules", value=len(new))
    # Nothing that a rule is about to name can be deleted from here on.
    await repository.lock_rules(session)
    known = await _known(session)
    rules = _placed(new, known)
    await repository.replace_rules(session, provider_id, rules)
    if provider_id is None:
        await repository.ask_again(session, actor.user_id, utc_now())
        session.emit(RulesSaved())
    kind, number_of = ("IdentityProvider", provider_id) if provider_id is not None else ("Account", session.account_id)
    shown = [{"target": rule.target, "when": f"{rule.attribute} {rule.op} {rule.value}", "gives": list(rule.gives)} for rule in rules]
    audit.record(session, actor, "mapping.save", kind, number_of, detail={"rules": shown})
    return await repository.rules(session, session.account_id, provider_id=provider_id)


def _placed(new: Sequence[NewRule], known: dict[Target, list[str]]) -> list[Rule]:
    places = dict.fromkeys(Target, 0)
    rules = []
    for number, rule in enumerate(new):
        places[rule.target] += 1
        rules.append(_checked(rule, places[rule.target], known, f"/input/rules/{number}"))
    return rules


async def _known(session: Session) -> dict[Target, list[str]]:
    """What there is to give, by key. A team may be new: it is made when somebody is put into it."""
    licences = [room.key for room in await licensing.rooms_of(session, session.account_id)]
    return {Target.LICENCE: licences, Target.ROLE: [role.key for role in await roles.known_roles(session, session.account_id)]}


def _checked(rule: NewRule, place: int, known: dict[Target, list[str]], pointer: str) -> Rule:
    for name, text in (("attribute", rule.attribute), ("value", rule.value)):
        if not 0 < len(text.strip()) <= _LONGEST:
            raise InvalidInput(f"A rule's {name} has 1 to {_LONGEST} characters.", pointer=f"{pointer}/{name}", value=text)
    gives = tuple(dict.fromkeys(value.strip() for value in rule.gives))
    if rule.none == bool(gives):
        raise InvalidInput("A rule gives something, or it says none.", pointer=f"{pointer}/gives", value=", ".join(gives))
    if len(gives) > 1 and rule.target is not Target.ROLE:
        raise InvalidInput(f"A rule gives one {rule.target} at most.", pointer=f"{pointer}/gives", value=", ".join(gives))
    for value in gives:
        choices = known.get(rule.target)
        if not value or (choices is not None and value not in choices):
            message = f"There is no {rule.target} {value!r}. Choose among {', '.join(choices or ['the teams'])}."
            raise InvalidInput(message, pointer=f"{pointer}/gives", value=value)
    return Rule(0, place, rule.target, rule.attribute.strip(), rule.op, rule.value.strip(), gives)
