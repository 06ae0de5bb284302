"""What each person may do with people, seats, licences and teams: the account's owner everything, another's owner nothing with our ids."""

from __future__ import annotations

from typing import Any

from backend.authz.actions import AccountAction
from backend.graphql.ids import global_id
from tests.api.conftest import Client
from tests.api.expectations import Check, Scene, signed_out

OURS, FOREIGN, NOBODY = "admin", "foreign", "nobody"


async def refused(client: Client, person: str, query: str, **variables: Any) -> bool:
    """Whether the person may not ask this at all, and is told so in the right way."""
    if person == NOBODY:
        await signed_out(client, query, **variables)
        return True
    if person not in {OURS, FOREIGN}:
        error = await client.refused(query, **variables)
        assert error["extensions"] == {"code": "not_permitted", "permission": "account.users"}, error
        return True
    return False


async def users(scene: Scene, person: str) -> None:
    query, client = "{ users { totalCount edges { node { id email seat { source } roles { source } } } } }", scene.clients[person]
    if await refused(client, person, query):
        return
    found = (await client.ask(query))["users"]
    ours = {global_id("User", number) for number in scene.world.users.values()}
    theirs = {edge["node"]["id"] for edge in found["edges"]}
    assert (theirs == ours) if person == OURS else not (theirs & ours)


async def user(scene: Scene, person: str) -> None:
    query, client = "query ($id: ID!) { user(id: $id) { email } }", scene.clients[person]
    for id, there in ((global_id("User", scene.world.users["agent"]), person == OURS), ("nonsense", False)):
        if not await refused(client, person, query, id=id):
            assert ((await client.ask(query, id=id))["user"] is not None) is there


async def seat_usage(scene: Scene, person: str) -> None:
    query, client = "{ seatUsage { used byTeam { team { id } } } }", scene.clients[person]
    if not await refused(client, person, query):
        found = (await client.ask(query))["seatUsage"]
        teams = {entry["team"]["id"] for entry in found["byTeam"] if entry["team"]}
        assert (teams == {global_id("Team", scene.world.teams["north"])}) is (person == OURS)


async def seat_history(scene: Scene, person: str) -> None:
    query, client = "query ($id: ID) { seatHistory(userId: $id) { edges { node { id } } } }", scene.clients[person]
    if not await refused(client, person, query):
        found = (await client.ask(query, id=global_id("User", scene.world.users["agent"])))["seatHistory"]
        assert found == {"edges": []}


async def teams(scene: Scene, person: str) -> None:
    query, client = "{ teams { id name memberCount members { id } supervisors { name } } }", scene.clients[person]
    if not await refused(client, person, query):
        found = {team["id"] for team in (await client.ask(query))["teams"]}
        assert (found == {global_id("Team", number) for number in scene.world.teams.values()}) is (person == OURS)


async def agents(scene: Scene, person: str) -> None:
    query, client = "query ($team: ID) { agents(team: $team) { edges { node { id } } } }", scene.clients[person]
    if not await refused(client, person, query):
        found = (await client.ask(query, team=global_id("Team", scene.world.teams["south"])))["agents"]["edges"]
        assert [edge["node"]["id"] for edge in found] == ([global_id("Agent", scene.world.agents["south"])] if person == OURS else [])


async def changes(scene: Scene, person: str, mutations: list[tuple[str, str, dict[str, Any]]], *, own: tuple[str, ...] = ()) -> None:
    """Mutations as (field, type of its input, input). `own` names those that concern no row, so that another account's owner may."""
    client = scene.clients[person]
    for field, kind, given in mutations:
        argument = next(iter(given)) if kind == "ID!" else "input"
        value = given[argument] if kind == "ID!" else given
        query = f"mutation ($given: {kind}) {{ {field}({argument}: $given) {{ __typename ... on NotPermitted {{ permission }} }} }}"
        if person == NOBODY:
            await signed_out(client, query, given=value)
            continue
        found = (await client.ask(query, given=value))[field]
        if person == OURS or (person == FOREIGN and field in own):
            assert found["__typename"].endswith("Payload"), (field, found)
        elif person == FOREIGN:
            assert found["__typename"] == "NotFound", (field, found)
        else:
            assert found == {"__typename": "NotPermitted", "permission": "account.users"}, field


async def change_people(scene: Scene, person: str) -> None:
    agent = global_id("User", scene.world.users["agent"])
    await changes(
        scene,
        person,
        [
            ("createUser", "CreateUserInput!", {"email": "new@example.com", "name": "New", "seat": True}),
            ("updateUser", "UpdateUserInput!", {"id": agent, "name": "Another"}),
            ("resetPassword", "ID!", {"id": agent}),
        ],
        own=("createUser",),
    )


async def change_seats(scene: Scene, person: str) -> None:
    seatless, licence = global_id("User", scene.world.users["seatless"]), global_id("Licence", scene.world.licence)
    qm = {"id": licence, "name": "Quality Management", "kind": "SINGLE", "seats": 20}
    await changes(
        scene,
        person,
        [
            ("assignSeat", "AssignSeatInput!", {"userId": seatless}),
            ("releaseSeat", "ID!", {"userId": seatless}),
            ("setLicence", "SetLicenceInput!", qm),
        ],
    )
    for name in scene.world.users if person == OURS else ():
        query = "mutation ($id: ID!) { releaseSeat(userId: $id) { __typename } }"
        await scene.clients[person].ask(query, id=global_id("User", scene.world.users[name]))
    await changes(scene, person, [("removeLicence", "ID!", {"id": licence})])


async def change_teams(scene: Scene, person: str) -> None:
    world, north = scene.world, global_id("Team", scene.world.teams["north"])
    members = {"teamId": north, "add": [global_id("Agent", world.agents["south"])]}
    await changes(
        scene,
        person,
        [
            ("createTeam", "CreateTeamInput!", {"name": "West"}),
            ("renameTeam", "RenameTeamInput!", {"id": north, "name": "North-east"}),
            ("setTeamMembers", "SetTeamMembersInput!", members),
            ("setTeamSupervisors", "SetTeamSupervisorsInput!", {"teamId": north, "users": [global_id("User", world.users["agent"])]}),
            ("deleteTeam", "ID!", {"id": north}),
        ],
        own=("createTeam",),
    )


FIELDS: dict[str, Check | None] = {
    "Query.users": users,
    "Query.user": user,
    "Query.seatUsage": seat_usage,
    "Query.seatHistory": seat_history,
    "Query.teams": teams,
    "Query.agents": agents,
    **{f"Mutation.{name}": change_people for name in ("createUser", "updateUser", "resetPassword")},
    **{f"Mutation.{name}": change_seats for name in ("assignSeat", "releaseSeat", "setLicence", "removeLicence")},
    **{f"Mutation.{name}": change_teams for name in ("createTeam", "renameTeam", "deleteTeam", "setTeamMembers", "setTeamSupervisors")},
}
CHANGING = [change_people, change_seats, change_teams]
PERMISSIONS = {name.partition(".")[2]: AccountAction.USERS_EDIT for name in FIELDS if name.startswith("Mutation.")}
