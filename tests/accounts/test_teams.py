"""Teams: their agents and who supervises them."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlmodel import col

from backend.accounts import repository, service, teams
from backend.accounts.service import NewAgent
from backend.accounts.tables import Agent, Team, TeamSupervisor
from backend.audit.tables import AuditEntry
from backend.authz.actor import system
from backend.errors import Conflict, InvalidInput, NotFound


async def team_of(database, world, agent: str) -> int | None:
    async with database.reading(world.id) as session:
        return (await repository.agent(session, world.id, world.agents[agent])).team_id


async def audited(database, world) -> list[tuple[str, dict]]:
    async with database.reading(world.id) as session:
        found = (await session.execute(select(AuditEntry).order_by(col(AuditEntry.id)))).scalars()
        return [(entry.action, entry.detail) for entry in found]


async def test_a_team_is_made_renamed_and_told(db, world):
    async with db.writing(world.id) as session:
        team = await teams.create(session, system(world.id), name=" East ")
        await teams.rename(session, system(world.id), team_id=team.id, name="EAST")
    assert await audited(db, world) == [("team.create", {"name": "East"}), ("team.rename", {"before": "East", "after": "EAST"})]


async def test_a_name_belongs_to_one_team(db, world):
    async with db.writing(world.id) as session:
        with pytest.raises(Conflict, match="a team north"):
            await teams.create(session, system(world.id), name="North")
        with pytest.raises(Conflict):
            await teams.rename(session, system(world.id), team_id=world.teams["south"], name="north")
        with pytest.raises(InvalidInput):
            await teams.create(session, system(world.id), name="")


async def test_two_at_once_for_one_name(fresh_db, new_account):
    world = await new_account(fresh_db)

    async def make() -> None:
        async with fresh_db.writing(world.id) as session:
            await teams.create(session, system(world.id), name="East")

    results = await asyncio.gather(make(), make(), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]


async def test_agents_move_between_teams(db, world):
    north, south = world.agents["north"], world.agents["south"]
    async with db.writing(world.id) as session:
        await teams.set_members(session, system(world.id), team_id=world.teams["south"], add=[north, south], remove=[north])
    assert await team_of(db, world, "north") == world.teams["south"]
    async with db.writing(world.id) as session:
        # An agent who is not in the team is not taken out of the one that they are in.
        await teams.set_members(session, system(world.id), team_id=world.teams["north"], remove=[north])
        await teams.set_members(session, system(world.id), team_id=world.teams["south"], remove=[south])
    assert await team_of(db, world, "north") == world.teams["south"]
    assert await team_of(db, world, "south") is None
    assert await audited(db, world) == [
        ("team.set_members", {"name": "south", "added": [north], "removed": []}),
        ("team.set_members", {"name": "south", "added": [], "removed": [south]}),
    ]


async def test_supervisors_are_these_and_nobody_else(db, world):
    wanted = [world.users["evaluator"], world.users["admin"]]
    async with db.writing(world.id) as session:
        await teams.set_supervisors(session, system(world.id), team_id=world.teams["north"], user_ids=[*wanted, wanted[0]])
        await teams.set_supervisors(session, system(world.id), team_id=world.teams["north"], user_ids=wanted)
        found = await repository.supervisors_of(session, world.id, [world.teams["north"], world.teams["south"]])
    assert found == {world.teams["north"]: [world.users["admin"], world.users["evaluator"]]}
    ((action, detail),) = await audited(db, world)
    assert (action, detail["added"], detail["removed"]) == ("team.set_supervisors", sorted(wanted), [world.users["supervisor"]])


async def test_a_deleted_team_keeps_its_row_and_nothing_else(db, world):
    async with db.writing(world.id) as session:
        await teams.delete(session, system(world.id), team_id=world.teams["north"])
        assert (await session.execute(select(TeamSupervisor))).first() is None
        assert (await repository.teams(session, world.id, [world.teams["north"]]))[world.teams["north"]].deleted_at is not None
        assert [team.name for team in await repository.all_teams(session, world.id)] == ["south"]
        with pytest.raises(NotFound):
            await teams.rename(session, system(world.id), team_id=world.teams["north"], name="x")
        again = await service.upsert_agent(session, NewAgent(external_id="ext-north", team="north"))
    assert again.team_id not in (None, world.teams["north"]), "the name is free for another team"
    async with db.reading(world.id) as session:
        named = (await session.execute(select(Team).where(col(Team.name) == "north"))).scalars().all()
    assert len(named) == 2


async def test_nothing_of_another_account_is_there(db, world, new_account):
    other = await new_account(db)
    async with db.writing(world.id) as session:
        for call in (
            teams.rename(session, system(world.id), team_id=other.teams["north"], name="x"),
            teams.delete(session, system(world.id), team_id=other.teams["north"]),
            teams.set_members(session, system(world.id), team_id=other.teams["north"], add=[world.agents["north"]]),
            teams.set_members(session, system(world.id), team_id=world.teams["north"], add=[other.agents["north"]]),
            teams.set_members(session, system(world.id), team_id=world.teams["north"], remove=[other.agents["north"]]),
            teams.set_supervisors(session, system(world.id), team_id=world.teams["north"], user_ids=[other.users["supervisor"]]),
        ):
            with pytest.raises(NotFound):
                await call
    async with db.reading(other.id) as session:
        assert len((await session.execute(select(Agent).where(col(Agent.team_id).is_not(None)))).all()) == 2
