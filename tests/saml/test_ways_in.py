"""Nobody takes the last way in away while passwords are off, not even two at once: real commits on a database of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from backend.authz.actor import system
from backend.clock import utc_now
from backend.errors import Conflict
from backend.identity.factor import service as factor
from backend.identity.methods import service as methods
from backend.identity.people import service as people
from backend.identity.people.service import Changes
from backend.identity.saml import providers, repository
from backend.identity.saml.providers import Given
from backend.identity.tables import SecondFactor
from tests.saml.conftest import make_provider


@pytest.fixture
async def world(fresh_db, new_account):
    """Two owners, `admin` and `evaluator`, each with password and second factor; two providers; passwords are off."""
    world = await new_account(fresh_db)
    owners = [world.users["admin"], world.users["evaluator"]]
    async with fresh_db.writing(world.id) as session:
        await session.execute(
            text("UPDATE person SET account_role = 'owner', password_hash = 'x' WHERE id = ANY(:ids)"), {"ids": owners}
        )  # fmt: skip
        session.add_all(
            SecondFactor(account_id=world.id, user_id=id, secret=b"", last_step=0, created_at=utc_now(), confirmed_at=utc_now())
            for id in owners
        )
    world.providers = [(await make_provider(fresh_db, world, name=name)).id for name in ("Okta", "Entra")]
    async with fresh_db.writing(world.id) as session:
        await methods.set_password_sign_in(session, system(world.id), on=False)
    return world


@pytest.fixture
def at_once(fresh_db, world):
    """Runs changes in transactions of their own at the same moment; what became of each."""

    async def run(*changes: Callable[..., Awaitable[object]]) -> list[object]:
        async def one(change: Callable[..., Awaitable[object]]) -> None:
            async with fresh_db.writing(world.id) as session:
                await change(session)
                await asyncio.sleep(0.05)  # so that the other one reads before this one commits

        return await asyncio.gather(*(one(change) for change in changes), return_exceptions=True)

    return run


def refusals(done: list[object]) -> list[str]:
    assert all(each is None or isinstance(each, Conflict) for each in done), done
    return [each.message for each in done if isinstance(each, Conflict)]


def off(world, place):
    given = Given({"active": False})
    return lambda session: providers.save(session, system(world.id), provider_id=world.providers[place], given=given)


def deleted(world, place):
    return lambda session: providers.delete(session, system(world.id), provider_id=world.providers[place])


def changed(world, name, **changes):
    return lambda session: people.change(session, system(world.id), user_id=world.users[name], changes=Changes(**changes))


def without_factor(world, name):
    return lambda session: factor.reset(session, system(world.id), user_id=world.users[name])


@pytest.mark.parametrize("pair", [(off, off), (off, deleted), (deleted, deleted)])
async def test_of_two_providers_one_stays(world, at_once, fresh_db, pair):
    (message,) = refusals(await at_once(pair[0](world, 0), pair[1](world, 1)))
    assert "connect another, or switch sign-in with passwords on first" in message
    async with fresh_db.reading(world.id) as session:
        assert len(await methods.providers(session, world.id)) == 1


@pytest.mark.parametrize(
    "take",
    [
        (lambda world: without_factor(world, "admin"), lambda world: without_factor(world, "evaluator")),
        (lambda world: without_factor(world, "admin"), lambda world: changed(world, "evaluator", active=False)),
        (lambda world: changed(world, "admin", account_role="member"), lambda world: without_factor(world, "evaluator")),
    ],
)
async def test_of_two_owners_one_still_gets_in(world, at_once, fresh_db, take):
    (message,) = refusals(await at_once(*(each(world) for each in take)))
    assert "let another owner set up a password and a second factor, or switch sign-in with passwords on first" in message


async def test_passwords_go_off_only_where_the_owner_who_gets_in_stays(world, at_once, fresh_db):
    async with fresh_db.writing(world.id) as session:
        await methods.set_password_sign_in(session, system(world.id), on=True)
        await factor.reset(session, system(world.id), user_id=world.users["evaluator"])
    switch = lambda session: methods.set_password_sign_in(session, system(world.id), on=False)  # noqa: E731
    assert len(refusals(await at_once(switch, changed(world, "admin", active=False)))) == 1


async def test_the_last_provider_can_go_once_passwords_are_on(world, at_once):
    assert refusals(await at_once(deleted(world, 0))) == []
    assert len(refusals(await at_once(deleted(world, 1)))) == 1

    async def on(session):
        await methods.set_password_sign_in(session, system(world.id), on=True)

    assert refusals(await at_once(on)) == []
    assert refusals(await at_once(deleted(world, 1))) == []


async def test_where_no_owner_gets_in_past_the_provider_the_last_who_comes_through_it_stays(world, at_once, fresh_db):
    """As after a second factor was taken away on the machine: what was broken before is not held against a change."""
    async with fresh_db.writing(world.id) as session:
        await session.execute(text("DELETE FROM second_factor"))
        await repository.link(session, world.providers[0], "admin-at-okta", world.users["admin"])
    assert refusals(await at_once(changed(world, "evaluator", active=False))) == []
    async with fresh_db.writing(world.id) as session:
        await people.change(session, system(world.id), user_id=world.users["evaluator"], changes=Changes(active=True))
    for change in (changed(world, "admin", active=False), changed(world, "admin", account_role="admin"), off(world, 0), deleted(world, 0)):
        (message,) = refusals(await at_once(change))
        assert "let another owner sign in through the provider, or switch sign-in with passwords on first" in message
    assert refusals(await at_once(deleted(world, 1))) == []
