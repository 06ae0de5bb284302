"""Accounts and people for tests, made through the tables as the program makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import text

from backend.accounts.tables import Account, Agent, Team, TeamSupervisor, User
from backend.db.sealed import Wrapping, create_keys
from backend.db.session import Database
from backend.licensing.tables import Licence, Seat
from backend.roles.tables import UserRole
from backend.settings.tables import AccountSettings

THEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ROLES = ("admin", "supervisor", "evaluator", "agent")
_numbers = count(1)


@dataclass
class World:
    """
    An account with ten seats, one person for each default role, one without a seat, two teams (`north` is supervised), and an agent in
    each.
    """

    id: int
    slug: str
    users: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    licence: int = 0


async def make_account(db: Database, keys: Wrapping, *, analysis: bool = True) -> World:
    async with db.anonymous() as connection:
        number = int(await connection.scalar(text("SELECT nextval(pg_get_serial_sequence('account', 'id'))")))
    world = World(number, f"account-{number}-{next(_numbers)}")
    async with db.writing(world.id) as session:
        session.add(Account(id=world.id, slug=world.slug, name="Example", region="eu", timezone="Europe/Berlin", created_at=THEN))
        await session.flush()
        await create_keys(session, world.id, keys)
        session.add(AccountSettings(account_id=world.id, analysis_enabled=analysis, updated_at=THEN))
        await _people(session, world)
        await _teams(session, world)
    return world


async def _people(session, world: World) -> None:
    licence = Licence(account_id=world.id, key="qm", name="Quality Management", seats=10, created_at=THEN)
    session.add(licence)
    await session.flush()
    world.licence = licence.id
    for role in (*ROLES, "seatless"):
        user = User(account_id=world.id, email=f"{role}@example.com", name=role.title(), created_at=THEN)
        user.account_role = "owner" if role == "admin" else "member"
        session.add(user)
        await session.flush()
        world.users[role] = user.id
        if role != "seatless":
            session.add(Seat(account_id=world.id, user_id=user.id, licence_id=licence.id, assigned_at=THEN))
            session.add(UserRole(account_id=world.id, user_id=user.id, role=role))
        else:
            session.add(UserRole(account_id=world.id, user_id=user.id, role="admin"))


async def _teams(session, world: World) -> None:
    for name in ("north", "south"):
        team = Team(account_id=world.id, name=name)
        session.add(team)
        await session.flush()
        world.teams[name] = team.id
        linked = world.users["agent"] if name == "north" else None
        agent = Agent(
            account_id=world.id,
            external_id=f"ext-{name}",
            email=f"{name}@example.com",
            name=f"{name} agent",
            team_id=team.id,
            user_id=linked,
        )
        session.add(agent)
        await session.flush()
        world.agents[name] = agent.id
    session.add(TeamSupervisor(account_id=world.id, team_id=world.teams["north"], user_id=world.users["supervisor"]))
