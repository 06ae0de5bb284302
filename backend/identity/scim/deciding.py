"""
After the rules of the directory have changed, everybody in it is decided again: by the code that a change over SCIM goes through, a few
dozen people a transaction, from where the last one ended. A crash loses nothing and does nothing twice: who has what is decided is passed
over. Those who lose a seat come first, so that it can be given.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor, system
from backend.clock import utc_now
from backend.db.session import Database, Session
from backend.errors import AssayError
from backend.identity.mapping import provisioning, service
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.holdings import holdings
from backend.identity.mapping.planning import Demand, Holding, Kind, Known, planned
from backend.identity.mapping.provisioning import Change, rehearsal
from backend.identity.mapping.rules import Outcome
from backend.identity.mapping.service import NewRule
from backend.identity.scim import repository
from backend.identity.scim.people import SOURCE
from backend.identity.scim.rulings import rulings
from backend.licensing import repository as licences
from backend.licensing import service as licensing
from backend.roles import service as roles

STAGE = "decide"
"""The name of the work in the queue; it is an account's, not an interaction's."""
BATCH = 50
SHOWN = 50
_AT_ONCE = 1_000
TAKING, GIVING = 1, 2
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """A person who does not have what is decided."""

    user_id: int
    outcome: Outcome
    holding: Holding
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """
    What new rules would do: to how many of how many `people`, by kind, how many seats are `missing`, and to the first `SHOWN` of them in
    sentences.
    """

    people: int
    changing: int
    kinds: Counter[Kind]
    missing: int
    shown: list[tuple[int, list[Change]]]


async def decide_next(db: Database, account_id: int) -> bool:
    """Decides about the next people of the account's last run, in one transaction. False where there is nothing left to do."""
    async with db.writing(account_id) as session:
        await repository.one_at_a_time(session)
        run = await mapping.hold_run(session)
        if run is None or run.finished_at is not None:
            return False
        if run.round == TAKING and run.after_id == 0:
            run.total = len(await repository.active_ids(session, account_id))
        ids = await repository.active_ids(session, account_id, after=run.after_id, limit=BATCH)
        made = await _decide(session, ids, run.round)
        run.changed += sum(any(change.changed for change in changes or ()) for changes in made)
        run.refused += sum(changes is None or any(change.error for change in changes) for changes in made)
        run.done += len(ids) if run.round == GIVING else 0
        run.moved_at, run.after_id = utc_now(), ids[-1] if ids else 0
        if not ids and run.round == GIVING:
            run.finished_at, run.after_id, run.total = utc_now(), 0, run.done
        elif not ids:
            run.round = GIVING
        return run.finished_at is None


async def _decide(session: Session, ids: Collection[int], round: int) -> list[list[Change] | None]:
    found = [due for due in await _due(session, ids) if (Kind.SEAT_RELEASED in due.kinds) == (round == TAKING)]
    # All of them before any licence, in one order: so two transactions never wait for each other.
    await licences.hold_people(session, [due.user_id for due in found])
    return [await _apply(session, due) for due in found]


async def _apply(session: Session, due: Due) -> list[Change] | None:
    """None where it is refused: what cannot be for one person keeps nobody else from theirs."""
    try:
        async with session.begin_nested():
            return await provisioning.apply(
                session, system(session.account_id), user_id=due.user_id, outcome=due.outcome, source=SOURCE
            )  # fmt: skip
    except AssayError as error:
        log.warning("person %d could not be decided again: %s", due.user_id, error.message)
        return None


async def _due(session: Session, ids: Collection[int]) -> list[Due]:
    """In statements that do not grow with the people."""
    found = list((await rulings(session, ids)).values())
    have = await holdings(session, session.account_id, [ruling.user_id for ruling in found], source=SOURCE)
    known = await _known(session)
    dues = [
        Due(ruling.user_id, ruling.outcome, have[ruling.user_id], planned(ruling.outcome, have[ruling.user_id], known, SOURCE))
        for ruling in found
    ]
    return [due for due in dues if due.kinds]


async def _known(session: Session) -> Known:
    rooms, there = await licensing.rooms_of(session, session.account_id), await roles.known_roles(session, session.account_id)
    return Known(frozenset(room.key for room in rooms), frozenset(role.key for role in there))


async def foresee(session: Session, actor: Actor, new: Sequence[NewRule]) -> Foreseen:
    """
    What would change if these were the directory's rules, by the real code in a transaction that leaves nothing behind. Raises as
    `save_rules` does.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    await repository.one_at_a_time(session)
    async with rehearsal(session):
        await service.save_rules(session, actor, provider_id=None, new=new)
        ids = await repository.active_ids(session, session.account_id)
        found = [due for at in range(0, len(ids), _AT_ONCE) for due in await _due(session, ids[at : at + _AT_ONCE])]
        missing = await _missing(session, found)
        shown = await _played(session, found)
    kinds = Counter(kind for due in found for kind in due.kinds)
    audit.record(session, actor, "mapping.dry_run", "Account", actor.account_id, detail={"people": len(ids), "changing": len(found)})
    return Foreseen(len(ids), len(found), kinds, missing, shown)


async def _missing(session: Session, found: Sequence[Due]) -> int:
    demand = Demand()
    for due in found:
        demand.add(due.outcome, due.holding, due.kinds)
    return demand.missing({room.key: room.seats - room.used for room in await licensing.rooms_of(session, session.account_id)})


async def _played(session: Session, found: Sequence[Due]) -> list[tuple[int, list[Change]]]:
    """The first of them, in the order in which they would come, each with what is done for them."""
    taking = [due for due in found if Kind.SEAT_RELEASED in due.kinds]
    shown = (taking + [due for due in found if Kind.SEAT_RELEASED not in due.kinds])[:SHOWN]
    await licences.hold_people(session, [due.user_id for due in shown])
    made = [(due.user_id, await _apply(session, due) or []) for due in shown]
    told = [(user_id, [change for change in changes if change.changed or change.error]) for user_id, changes in made]
    return [(user_id, changes) for user_id, changes in told if changes]
