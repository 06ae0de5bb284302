"""What mapping rules give is not deleted under them, whoever comes first; and they follow a team that is renamed."""

from __future__ import annotations

import asyncio

import pytest

from backend.accounts import repository as accounts
from backend.accounts import teams
from backend.authz.actor import Actor, system
from backend.clock import utc_now
from backend.errors import Conflict, InvalidInput
from backend.identity.mapping import repository, service
from backend.identity.mapping.rules import Op, Target
from backend.identity.mapping.service import NewRule
from backend.identity.saml.tables import IdentityProvider
from backend.licensing import licences
from backend.licensing.licences import Bought
from backend.roles import changing
from backend.roles.changing import NewRole


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


def gives(target, *values):
    return NewRule(target, "groups", Op.EXACT, "coaches", values)


@pytest.fixture
def save(db, world):
    async def run(*rules, provider_id=None):
        async with db.writing(world.id) as session:
            return await service.save_rules(session, owner(world), provider_id=provider_id, new=rules)

    return run


@pytest.fixture
async def okta(db, world) -> int:
    facts = {"public_id": "p", "name": "Okta", "entity_id": "e", "sso_url": "https://idp.example.org", "created_at": utc_now()}
    async with db.writing(world.id) as session:
        row = IdentityProvider(account_id=world.id, **facts)
        session.add(row)
    return row.id


@pytest.fixture
async def coach(db, world) -> str:
    async with db.writing(world.id) as session:
        return await changing.create(session, owner(world), NewRole("Coach"))


async def test_a_role_that_rules_give_stays_and_says_which(db, world, save, okta, coach):
    await save(gives(Target.ROLE, "agent"), gives(Target.ROLE, "supervisor", coach))
    await save(gives(Target.ROLE, coach), provider_id=okta)
    with pytest.raises(Conflict) as refusal:
        async with db.writing(world.id) as session:
            await changing.delete(session, owner(world), coach)
    assert "Mapping rules give the role Coach:" in refusal.value.message
    assert "rule 1 for roles of Okta (groups is “coaches”)" in refusal.value.message
    assert "rule 2 for roles of provisioning" in refusal.value.message
    await save(gives(Target.ROLE, "agent"))
    await save(gives(Target.TEAM, coach), provider_id=okta)  # a team of that name is another thing
    async with db.writing(world.id) as session:
        await changing.delete(session, owner(world), coach)


async def test_many_rules_are_counted(db, world, save, coach):
    await save(*[gives(Target.ROLE, coach)] * 8)
    with pytest.raises(Conflict, match="and 3 more"):
        async with db.writing(world.id) as session:
            await changing.delete(session, owner(world), coach)


async def test_a_licence_that_rules_give_stays(db, world, save):
    async with db.writing(world.id) as session:
        row = await licences.set_licence(session, owner(world), Bought("Voice", 3))
    await save(gives(Target.LICENCE, row.key))
    with pytest.raises(Conflict, match="rule 1 for licences of provisioning"):
        async with db.writing(world.id) as session:
            await licences.remove_licence(session, owner(world), licence_id=row.id)
    await save()
    async with db.writing(world.id) as session:
        await licences.remove_licence(session, owner(world), licence_id=row.id)


async def test_a_team_that_rules_give_stays_and_takes_them_along_when_it_is_renamed(db, world, save):
    await save(gives(Target.TEAM, "north"), gives(Target.TEAM, "south"))
    with pytest.raises(Conflict, match="rule 1 for teams of provisioning"):
        async with db.writing(world.id) as session:
            await teams.delete(session, owner(world), team_id=world.teams["north"])
    async with db.writing(world.id) as session:
        await teams.rename(session, owner(world), team_id=world.teams["north"], name="Nord")
        rules = await repository.rules(session, world.id, provider_id=None)
        live = {team.name for team in await accounts.all_teams(session, world.id)}
    assert [rule.gives for rule in rules] == [("Nord",), ("south",)]
    assert live == {"Nord", "south"}


async def test_another_accounts_rules_hold_nothing(db, world, new_account, save, coach):
    other = await new_account(db)
    async with db.writing(other.id) as session:
        await service.save_rules(session, system(other.id), provider_id=None, new=[gives(Target.TEAM, "north")])
    async with db.writing(world.id) as session:
        await teams.delete(session, owner(world), team_id=world.teams["north"])


async def test_of_a_deletion_and_a_rule_at_the_same_moment_one_is_refused(fresh_db, new_account):
    world = await new_account(fresh_db)
    async with fresh_db.writing(world.id) as session:
        key = await changing.create(session, owner(world), NewRole("Coach"))

    async def delete() -> None:
        async with fresh_db.writing(world.id) as session:
            await changing.delete(session, owner(world), key)
            await asyncio.sleep(0.05)

    async def name() -> None:
        async with fresh_db.writing(world.id) as session:
            await service.save_rules(session, owner(world), provider_id=None, new=[gives(Target.ROLE, key)])
            await asyncio.sleep(0.05)

    done = await asyncio.gather(delete(), name(), return_exceptions=True)
    assert sorted(type(each) for each in done if each is not None) in ([Conflict], [InvalidInput]), done
