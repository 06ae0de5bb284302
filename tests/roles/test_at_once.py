"""Two who change roles in the same moment."""

from __future__ import annotations

import asyncio

import pytest

from backend.authz.actions import Action, Scope
from backend.authz.actor import Actor
from backend.errors import Conflict, InvalidInput
from backend.identity.service import actor_of
from backend.roles import changing
from backend.roles.changing import NewRole, RoleChange
from backend.roles.service import known_roles, set_roles


@pytest.fixture
async def world(fresh_db, new_account):
    return await new_account(fresh_db)


@pytest.fixture
def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


@pytest.fixture
async def coach(fresh_db, world, owner) -> str:
    async with fresh_db.writing(world.id) as session:
        return await changing.create(session, owner, NewRole("Coach", copy_of="evaluator"))


async def give(db, world, owner, role: str, hold: asyncio.Event) -> None:
    async with db.writing(world.id) as session:
        await set_roles(session, owner, user_id=world.users["agent"], roles=[role])
        await hold.wait()


async def remove(db, world, owner, role: str, hold: asyncio.Event) -> None:
    async with db.writing(world.id) as session:
        await changing.delete(session, owner, role)
        await hold.wait()


async def waits(task: asyncio.Task) -> None:
    """The task is still at it after a moment: the other's transaction holds it up."""
    done, _ = await asyncio.wait({task}, timeout=0.3)
    assert not done


@pytest.mark.parametrize(("first", "second", "refusal"), [(give, remove, Conflict), (remove, give, InvalidInput)])
async def test_a_role_is_not_given_and_deleted_at_once(fresh_db, world, owner, coach, first, second, refusal):
    hold, go = asyncio.Event(), asyncio.Event()
    go.set()
    one = asyncio.create_task(first(fresh_db, world, owner, coach, hold))
    await asyncio.sleep(0.3)
    two = asyncio.create_task(second(fresh_db, world, owner, coach, go))
    await waits(two)
    hold.set()
    await one
    with pytest.raises(refusal):
        await two
    async with fresh_db.reading(world.id) as session:
        keys = {role.key for role in await known_roles(session, world.id)}
        actor = await actor_of(session, world.id, world.users["agent"])
    assert (coach in keys) is (first is give)
    assert actor is not None
    assert actor.roles == ({coach} if first is give else {"agent"})


async def test_two_changes_of_one_role_come_one_after_the_other(fresh_db, world, owner):
    """Whichever comes last is in force whole: no mixture of the two."""
    sides = [[("interaction.read", "all")], [("interaction.read", "team"), ("transcript.read", "team")]]

    async def change(grants) -> None:
        async with fresh_db.writing(world.id) as session:
            await changing.update(session, owner, "agent", RoleChange(grants=grants))

    await asyncio.gather(*(change(grants) for grants in sides * 4))
    async with fresh_db.reading(world.id) as session:
        actor = await actor_of(session, world.id, world.users["agent"])
    assert actor is not None
    assert actor.permissions in (
        {Action.INTERACTION_READ: Scope.ALL},
        {Action.INTERACTION_READ: Scope.TEAM, Action.TRANSCRIPT_READ: Scope.TEAM},
    )


async def test_two_roles_of_one_name_are_not_made(fresh_db, world, owner):
    async def make() -> str:
        async with fresh_db.writing(world.id) as session:
            return await changing.create(session, owner, NewRole("Coach"))

    found = await asyncio.gather(make(), make(), return_exceptions=True)
    assert {type(one) for one in found} == {str, Conflict}
