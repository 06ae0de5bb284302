"""Roles of an account: made, copied, changed, reset, deleted, given, and what they then permit."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from backend.authz.actions import AccountAction, Action, Scope
from backend.authz.actor import Actor, system
from backend.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.identity.service import actor_of
from backend.roles import changing
from backend.roles.changing import NewRole, RoleChange
from backend.roles.service import ensure_role, known_roles, permissions_for, permissions_of, roles_held, set_roles


@pytest.fixture
def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


@pytest.fixture
def change(db, world):
    """Runs one change in a transaction of its own."""

    async def run(function, *args, **kwargs):
        async with db.writing(world.id) as session:
            return await function(session, *args, **kwargs)

    return run


@pytest.fixture
def roles(db, world):
    async def read():
        async with db.reading(world.id) as session:
            return {role.key: role for role in await known_roles(session, world.id)}

    return read


@pytest.fixture
def actor(db, world):
    async def read(person):
        async with db.reading(world.id) as session:
            return await actor_of(session, world.id, world.users[person])

    return read


async def test_an_account_begins_with_the_four_as_delivered(roles):
    found = await roles()
    assert list(found) == ["admin", "supervisor", "evaluator", "agent"]
    for key, role in found.items():
        assert (role.is_default, role.is_changed, role.grants) == (True, False, permissions_of([key]))


async def test_a_role_by_copy_is_given_and_permits(owner, change, roles, actor, world):
    key = await change(changing.create, owner, NewRole("Quality Coach", "Listens in.", copy_of="evaluator"))
    assert key == "quality-coach"
    role = (await roles())[key]
    assert (role.name, role.based_on, role.is_default, role.grants) == ("Quality Coach", "evaluator", False, permissions_of(["evaluator"]))
    assert await change(set_roles, owner, user_id=world.users["agent"], roles=["agent", key]) == ["agent", key]
    assert (await actor("agent")).permissions == permissions_of(["evaluator"])


async def test_a_change_is_in_force_with_the_next_statement(owner, change, roles, actor):
    assert (await actor("evaluator")).scope(Action.RECORDING_PLAY) is Scope.ALL
    await change(changing.update, owner, "evaluator", RoleChange(grants=[("interaction.read", "all"), ("transcript.read", "team")]))
    assert (await actor("evaluator")).permissions == {Action.INTERACTION_READ: Scope.ALL, Action.TRANSCRIPT_READ: Scope.TEAM}
    assert (await roles())["evaluator"].is_changed
    await change(changing.reset, owner, "evaluator")
    assert (await actor("evaluator")).permissions == permissions_of(["evaluator"])
    assert not (await roles())["evaluator"].is_changed


async def test_only_differences_of_a_default_are_kept(db, owner, change, world):
    await change(changing.update, owner, "supervisor", RoleChange(grants=[("interaction.read", "all"), ("transcript.read", "team")]))
    async with db.reading(world.id) as session:
        rows = await session.execute(text("SELECT action, scope FROM role_policy ORDER BY action"))
        found = dict(map(tuple, rows))
    withdrawn = ("interaction.assign_role", "interaction.ingest", "interaction.retry", "recording.play")
    assert found == {**dict.fromkeys(withdrawn, "none"), "interaction.read": "all"}


async def test_a_change_that_is_undone_changes_nothing(db, owner, world, actor):
    with pytest.raises(RuntimeError):
        async with db.writing(world.id) as session:
            await changing.update(session, owner, "agent", RoleChange(grants=[]))
            # Read inside the transaction, so that what is not there yet has been kept under its version.
            assert await permissions_for(session, world.id, ["agent"]) == {}
            raise RuntimeError
    assert (await actor("agent")).permissions == permissions_of(["agent"])


async def test_accounts_do_not_share_changes(db, owner, change, new_account):
    other = await new_account(db)
    await change(changing.update, owner, "agent", RoleChange(grants=[]))
    async with db.reading(other.id) as session:
        assert await permissions_for(session, other.id, ["agent"]) == permissions_of(["agent"])


async def test_renaming_a_default_keeps_its_key_and_reset_takes_it_back(owner, change, roles):
    await change(changing.update, owner, "agent", RoleChange(name="Adviser", description="Takes calls."))
    role = (await roles())["agent"]
    assert (role.name, role.description, role.is_changed, role.grants) == ("Adviser", "Takes calls.", True, permissions_of(["agent"]))
    with pytest.raises(Conflict, match="named agent already"):
        await change(changing.create, owner, NewRole("agent"))
    await change(changing.reset, owner, "agent")
    assert (await roles())["agent"].name == "Agent"


FAULTS = [
    (NewRole("  "), "/input/name", "1 to 60"),
    (NewRole("x" * 61), "/input/name", "1 to 60"),
    (NewRole("Tab\x07"), "/input/name", "printable"),
    (NewRole("Coach", "x" * 501), "/input/description", "at most 500"),
    (NewRole("Coach", copy_of="boss"), "/input/copyOf", "admin, supervisor"),
    (NewRole("Coach", grants=[("interaction.read", "all"), ("interaction.delete", "all")]), "/input/grants/1/action", "interaction.read"),
    (NewRole("Coach", grants=[("account.users", "all")]), "/input/grants/0/action", "no such permission"),
    (NewRole("Coach", grants=[("interaction.read", "none")]), "/input/grants/0/scope", "own or team or all"),
    (NewRole("Coach", grants=[("interaction.read", "all"), ("interaction.read", "own")]), "/input/grants/1/action", "twice"),
]


@pytest.mark.parametrize(("new", "pointer", "remedy"), FAULTS)
async def test_what_cannot_be_granted_is_refused_with_its_place_and_a_remedy(owner, change, roles, new, pointer, remedy):
    with pytest.raises(InvalidInput, match=remedy) as refused:
        await change(changing.create, owner, new)
    assert refused.value.pointer == pointer
    assert len(await roles()) == 4


async def test_names_are_taken_once_whatever_their_case(owner, change):
    await change(changing.create, owner, NewRole("Coach"))
    for name in ("coach", " COACH ", "evaluator"):
        with pytest.raises(Conflict):
            await change(changing.create, owner, NewRole(name))
    with pytest.raises(Conflict):
        await change(changing.update, owner, "admin", RoleChange(name="Coach"))
    assert await change(changing.create, owner, NewRole("Ко́уч")) == "role"
    assert await change(changing.create, owner, NewRole("教练")) == "role-2"


async def test_a_default_is_not_deleted_and_an_own_role_is_not_reset(owner, change, roles):
    key = await change(changing.create, owner, NewRole("Coach"))
    with pytest.raises(Conflict, match="default role"):
        await change(changing.delete, owner, "agent")
    with pytest.raises(Conflict, match="nothing to set it back to"):
        await change(changing.reset, owner, key)
    for function in (changing.delete, changing.reset):
        with pytest.raises(NotFound):
            await change(function, owner, "unheard-of")
    await change(changing.delete, owner, key)
    assert key not in await roles()


async def test_a_held_role_is_not_deleted(owner, change, world):
    key = await change(changing.create, owner, NewRole("Coach"))
    await change(set_roles, owner, user_id=world.users["agent"], roles=[key])
    await change(set_roles, system(world.id), user_id=world.users["agent"], roles=[key], source="saml")
    with pytest.raises(Conflict, match="1 person holds the role Coach"):
        await change(changing.delete, owner, key)
    await change(set_roles, owner, user_id=world.users["admin"], roles=[key])
    with pytest.raises(Conflict, match="2 people hold"):
        await change(changing.delete, owner, key)


@pytest.mark.parametrize("account_role", ["member", "admin"])
async def test_it_takes_the_account_permission(change, world, account_role):
    """A QM Admin who is a plain member, and an account admin whose token leaves out account.roles."""
    who = Actor(world.id, 1, account_role=account_role, has_seat=True, permissions=permissions_of(["admin"]))
    who = who.limited(None, [AccountAction.USERS_EDIT])
    for function, args in (
        (changing.create, (NewRole("Coach"),)),
        (changing.update, ("agent", RoleChange(name="x"))),
        (changing.reset, ("agent",)),
        (changing.delete, ("agent",)),
    ):
        with pytest.raises(NotPermitted) as refused:
            await change(function, who, *args)
        assert refused.value.permission == "account.roles"
    with pytest.raises(NotPermitted):
        await change(set_roles, who, user_id=world.users["agent"], roles=["admin"])


async def test_each_source_takes_back_only_what_it_gave(change, owner, db, world):
    person, program = world.users["seatless"], system(world.id)
    assert await change(set_roles, program, user_id=person, roles=["evaluator", "agent"], source="scim") == ["admin", "agent", "evaluator"]
    assert await change(set_roles, program, user_id=person, roles=["evaluator"], source="saml") == ["admin", "agent", "evaluator"]
    # By hand, what a mapping gave is neither taken nor given a second time.
    assert await change(set_roles, owner, user_id=person, roles=["supervisor", "agent"]) == ["agent", "evaluator", "supervisor"]
    assert await change(set_roles, program, user_id=person, roles=[], source="scim") == ["evaluator", "supervisor"]
    assert await change(set_roles, program, user_id=person, roles=[], source="saml") == ["supervisor"]
    async with db.reading(world.id) as session:
        assert [role.key for role in await roles_held(session, world.id, person)] == ["supervisor"]
        rows = await session.execute(text("SELECT detail FROM audit_entry WHERE action = 'user.set_roles' ORDER BY id"))
        details = [row.detail for row in rows]
    assert len(details) == 5
    assert details[2] == {"source": "manual", "before": ["admin"], "after": ["supervisor"]}


async def test_who_gets_a_seat_without_a_role_is_an_agent(change, owner, world):
    person = world.users["seatless"]
    await change(set_roles, owner, user_id=person, roles=[])
    await change(ensure_role, owner, user_id=person, source="scim")
    assert await change(set_roles, owner, user_id=person, roles=[]) == ["agent"]
    await change(ensure_role, owner, user_id=world.users["evaluator"])
    assert await change(set_roles, owner, user_id=world.users["evaluator"], roles=["evaluator"]) == ["evaluator"]


async def test_roles_and_people_that_are_not_there(change, owner, world, db, new_account):
    other = await new_account(db)
    with pytest.raises(InvalidInput, match="admin, supervisor, evaluator, agent") as refused:
        await change(set_roles, owner, user_id=world.users["agent"], roles=["agent", "boss"])
    assert refused.value.pointer == "/input/roles/1"
    with pytest.raises(NotFound):
        await change(set_roles, owner, user_id=other.users["agent"], roles=["agent"])
