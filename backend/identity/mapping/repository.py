"""All the SQL of mapping rules and of what they give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from backend.accounts.tables import Agent, Team, TeamSupervisor, User
from backend.db.session import ReadSession, Session
from backend.identity.mapping.rules import Op, Rule, Target
from backend.identity.mapping.tables import MappedTeam, MappingRule, RuleRun
from backend.roles.tables import UserRole

_LOCK = 1_835_102_311


async def rules(session: ReadSession, account_id: int, *, provider_id: int | None) -> list[Rule]:
    """The rules of a provider, or those of SCIM, in order."""
    of = col(MappingRule.provider_id).is_(None) if provider_id is None else col(MappingRule.provider_id) == provider_id
    query = select(MappingRule).where(col(MappingRule.account_id) == account_id, of)
    rows = (await session.execute(query.order_by(col(MappingRule.place), col(MappingRule.id)))).scalars()
    return [rule_of(row) for row in rows]


async def rules_of(session: ReadSession, account_id: int, provider_ids: Collection[int]) -> dict[int, list[Rule]]:
    """The rules of many providers, in order."""
    query = select(MappingRule).where(col(MappingRule.account_id) == account_id, col(MappingRule.provider_id).in_(provider_ids))
    found: dict[int, list[Rule]] = defaultdict(list)
    for row in (await session.execute(query.order_by(col(MappingRule.place), col(MappingRule.id)))).scalars():
        found[row.provider_id or 0].append(rule_of(row))
    return dict(found)


def rule_of(row: MappingRule) -> Rule:
    return Rule(row.id, row.place, Target(row.target), row.attribute, Op(row.op), row.value, tuple(row.gives))


async def provider_exists(session: Session, provider_id: int) -> bool:
    query = text("SELECT 1 FROM identity_provider WHERE account_id = :account AND id = :id FOR KEY SHARE")
    return await session.scalar(query, {"account": session.account_id, "id": provider_id}) is not None


async def lock_rules(session: Session) -> None:
    """One change of an account's rules at a time, until the transaction ends."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:space, :account)"), {"space": _LOCK, "account": session.account_id % 2**31}
    )  # fmt: skip


async def replace_rules(session: Session, provider_id: int | None, new: Sequence[Rule]) -> None:
    of = col(MappingRule.provider_id).is_(None) if provider_id is None else col(MappingRule.provider_id) == provider_id
    await session.execute(delete(MappingRule).where(col(MappingRule.account_id) == session.account_id, of))
    for rule in new:
        session.add(
            MappingRule(
                account_id=session.account_id, provider_id=provider_id, place=rule.place, target=rule.target.value,
                attribute=rule.attribute, op=rule.op.value, value=rule.value, gives=list(rule.gives),
            )
        )  # fmt: skip
    await session.flush()


async def ask_again(session: Session, user_id: int | None, now: datetime) -> None:
    """Everybody in the directory is to be decided again, from the first one on, whether the last time has ended or not."""
    fresh = {
        "asked_at": now, "asked_by": user_id, "moved_at": now, "finished_at": None, "round": 1, "after_id": 0, "total": 0, "done": 0,
        "changed": 0, "refused": 0,
    }  # fmt: skip
    query = insert(RuleRun).values(account_id=session.account_id, **fresh)
    await session.execute(query.on_conflict_do_update(index_elements=["account_id"], set_=fresh))


async def run(session: ReadSession, account_id: int) -> RuleRun | None:
    """The last time that everybody was decided again; None: never."""
    return (await session.execute(select(RuleRun).where(col(RuleRun.account_id) == account_id))).scalars().first()


async def hold_run(session: Session) -> RuleRun | None:
    """The same, locked until the transaction ends."""
    query = select(RuleRun).where(col(RuleRun.account_id) == session.account_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalars().first()


async def rules_giving(session: Session, target: Target, key: str) -> list[tuple[str | None, Rule]]:
    """The rules that give it, each with its provider's name; None: SCIM's."""
    query = text(
        "SELECT mapping_rule.id, identity_provider.name FROM mapping_rule LEFT JOIN identity_provider"
        " ON identity_provider.account_id = mapping_rule.account_id AND identity_provider.id = mapping_rule.provider_id"
        " WHERE mapping_rule.account_id = :account AND mapping_rule.target = :target AND mapping_rule.gives ? :key"
    )
    given = {"account": session.account_id, "target": target.value, "key": key}
    providers: dict[int, str | None] = {row[0]: row[1] for row in await session.execute(query, given)}
    rows = select(MappingRule).where(col(MappingRule.account_id) == session.account_id, col(MappingRule.id).in_(list(providers)))
    rules = (await session.execute(rows.order_by(col(MappingRule.provider_id), col(MappingRule.place)))).scalars()
    return [(providers[row.id], rule_of(row)) for row in rules]


async def rename_given(session: Session, target: Target, before: str, after: str) -> int:
    """How many rules gave it under the old name; they give it under the new one now."""
    query = (
        update(MappingRule)
        .where(col(MappingRule.account_id) == session.account_id, col(MappingRule.target) == target.value)
        .where(col(MappingRule.gives) == [before])
        .values(gives=[after])
        .returning(col(MappingRule.id))
    )
    return len((await session.execute(query)).all())


async def user(session: ReadSession, account_id: int, user_id: int) -> User:
    return (await session.execute(select(User).where(col(User.account_id) == account_id, col(User.id) == user_id))).scalars().one()


async def roles(session: ReadSession, account_id: int, user_id: int) -> frozenset[str]:
    query = select(col(UserRole.role)).where(col(UserRole.account_id) == account_id, col(UserRole.user_id) == user_id)
    return frozenset((await session.execute(query)).scalars())


async def roles_by(session: Session, user_id: int, source: str) -> frozenset[str]:
    """The roles that this source gave."""
    query = select(col(UserRole.role)).where(
        col(UserRole.account_id) == session.account_id, col(UserRole.user_id) == user_id, col(UserRole.source) == source
    )
    return frozenset((await session.execute(query)).scalars())


async def roles_beside(session: Session, user_id: int, source: str) -> frozenset[str]:
    """The roles that came another way."""
    query = select(col(UserRole.role)).where(
        col(UserRole.account_id) == session.account_id, col(UserRole.user_id) == user_id, col(UserRole.source) != source
    )
    return frozenset((await session.execute(query)).scalars())


async def mapped_team(session: Session, user_id: int, source: str) -> MappedTeam | None:
    query = select(MappedTeam).where(
        col(MappedTeam.account_id) == session.account_id, col(MappedTeam.user_id) == user_id, col(MappedTeam.source) == source
    )
    return (await session.execute(query)).scalars().first()


async def team(session: Session, team_id: int) -> Team:
    query = select(Team).where(col(Team.account_id) == session.account_id, col(Team.id) == team_id)
    return (await session.execute(query)).scalars().one()


async def agents_of(session: Session, user_id: int) -> Sequence[Agent]:
    query = select(Agent).where(col(Agent.account_id) == session.account_id, col(Agent.user_id) == user_id)
    return (await session.execute(query)).scalars().all()


async def supervises(session: Session, user_id: int, team_id: int) -> bool:
    query = select(TeamSupervisor).where(
        col(TeamSupervisor.account_id) == session.account_id,
        col(TeamSupervisor.user_id) == user_id,
        col(TeamSupervisor.team_id) == team_id,
    )
    return (await session.execute(query)).scalars().first() is not None


async def leave(session: Session, held: MappedTeam) -> None:
    """Takes the person out of the team that a mapping put them into, in the way in which it did."""
    if held.supervises:
        await session.execute(
            delete(TeamSupervisor).where(
                col(TeamSupervisor.account_id) == session.account_id,
                col(TeamSupervisor.user_id) == held.user_id,
                col(TeamSupervisor.team_id) == held.team_id,
            )
        )
    else:
        mine = (col(Agent.account_id) == session.account_id, col(Agent.user_id) == held.user_id, col(Agent.team_id) == held.team_id)
        await session.execute(update(Agent).where(*mine).values(team_id=None))
    await session.delete(held)
    await session.flush()
