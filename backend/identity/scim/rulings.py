"""What the mapping rules say of the people in the directory, and making it so where it changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import NoSeatLeft
from backend.identity.mapping import provisioning
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.many import apply_to
from backend.identity.mapping.provisioning import Change
from backend.identity.mapping.rules import Outcome, decide
from backend.identity.scim import memberships, repository
from backend.identity.scim.attributes import attributes_of
from backend.identity.scim.people import SOURCE
from backend.licensing.many import NoneLeftFor


class SeatRefused(NoSeatLeft):
    """No seat for this person: what the request began must be undone."""

    def __init__(self, refusal: NoSeatLeft, user_id: int) -> None:
        super().__init__(refusal.licence, seats=refusal.seats, used=refusal.used)
        self.user_id = user_id


@dataclass(frozen=True, slots=True)
class Ruling:
    user_id: int
    outcome: Outcome

    def same_as(self, other: Ruling | None) -> bool:
        """Whether both give the same, whichever rules decided."""
        mine, its = self.outcome, other.outcome if other else None
        return its is not None and all(
            (first.verdict, first.gives) == (second.verdict, second.gives)
            for first, second in ((mine.licence, its.licence), (mine.role, its.role), (mine.team, its.team))
        )


async def rulings(session: Session, ids: Collection[int]) -> dict[int, Ruling]:
    """What is decided for the active users among these resources, in three statements however many they are."""
    if not ids:
        return {}
    rules = await mapping.rules(session, session.account_id, provider_id=None)
    if not rules:
        return {}
    rows = await repository.users(session, session.account_id, ids)
    groups = await memberships.groups_of(session, session.account_id, [row.id for row in rows])
    found = {}
    for row in rows:
        assert row.user_id is not None
        names = list(dict.fromkeys(held.display for held in groups.get(row.id, ())))
        found[row.id] = Ruling(row.user_id, decide(rules, attributes_of(row.body, names)))
    return found


async def enforce(session: Session, actor: Actor, after: Mapping[int, Ruling], before: Mapping[int, Ruling] | None = None) -> list[Change]:
    """
    Gives and takes what the rules say; with `before`, only where they say something else now. The changes are told where they are one
    person's. Raises SeatRefused where a seat is due and none is left.
    """
    due = [ruling for number, ruling in after.items() if before is None or not ruling.same_as(before.get(number))]
    if len(due) != 1:
        await _enforce_many(session, actor, due)
        return []
    made = await provisioning.apply(session, actor, user_id=due[0].user_id, outcome=due[0].outcome, source=SOURCE)
    refusal = next((change.error for change in made if change.error), None)
    if refusal is not None:
        raise SeatRefused(refusal, due[0].user_id)
    return made


async def _enforce_many(session: Session, actor: Actor, due: Sequence[Ruling]) -> None:
    if not due:
        return
    try:
        await apply_to(session, actor, {ruling.user_id: ruling.outcome for ruling in due}, source=SOURCE)
    except NoneLeftFor as none:
        raise SeatRefused(none.refused, none.user_id) from none
