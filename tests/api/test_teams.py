"""Teams over GraphQL: who is in them, who supervises them, and what that lets a supervisor see."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import col

from backend.accounts.tables import Agent, Team, User
from backend.clock import utc_now
from backend.graphql.ids import global_id
from tests.api.seed import add_interaction
from tests.api.test_reading import statements

TEAMS = "{ teams { id name memberCount members { name } supervisors { name email seat { source } } } }"
MEMBERS = """mutation ($input: SetTeamMembersInput!) { setTeamMembers(input: $input) { __typename
  ... on SetTeamMembersPayload { team { name memberCount members { name } } } } }"""
SUPERVISORS = """mutation ($input: SetTeamSupervisorsInput!) { setTeamSupervisors(input: $input) { __typename
  ... on SetTeamSupervisorsPayload { team { supervisors { name supervises { name } } } } } }"""
DELETE = "mutation ($id: ID!) { deleteTeam(id: $id) { __typename ... on DeleteTeamPayload { id } } }"
AGENTS = """query ($text: String, $team: ID, $outside: ID, $first: Int, $after: String, $last: Int, $before: String) {
  agents(text: $text, team: $team, outside: $outside, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { name team { name } } } } }"""
LIST = "{ interactions { totalCount edges { node { team { name } } } } }"


def named(world, name: str) -> str:
    return global_id("Team", world.teams[name])


async def test_teams_with_their_people(world, as_person):
    assert (await (await as_person(world, "admin")).ask(TEAMS))["teams"] == [
        {
            "id": named(world, "north"), "name": "north", "memberCount": 1, "members": [{"name": "north agent"}],
            "supervisors": [{"name": "Supervisor", "email": "supervisor@example.com", "seat": {"source": "MANUAL"}}],
        },
        {"id": named(world, "south"), "name": "south", "memberCount": 1, "members": [{"name": "south agent"}], "supervisors": []},
    ]  # fmt: skip


async def test_more_teams_take_no_more_statements(db, world, as_person):
    client = await as_person(world, "admin")
    with statements(db) as before:
        await client.ask(TEAMS)
    async with db.writing(world.id) as session:
        made = [Team(account_id=world.id, name=f"team {n}") for n in range(8)]
        session.add_all(made)
        await session.flush()
        session.add_all([Agent(account_id=world.id, external_id=f"e{n}", name=f"Agent {n}", team_id=made[n % 8].id) for n in range(24)])
    with statements(db) as after:
        assert len((await client.ask(TEAMS))["teams"]) == 10
    assert len(after) == len(before)


async def test_whose_calls_a_supervisor_sees_follows_the_team(db, world, as_person):
    await add_interaction(db, world, agent="north")
    await add_interaction(db, world, agent="south")
    admin, supervisor = await as_person(world, "admin"), await as_person(world, "supervisor")
    assert (await supervisor.ask(LIST))["interactions"]["totalCount"] == 1
    given = {"teamId": named(world, "north"), "add": [global_id("Agent", world.agents["south"])]}
    moved = (await admin.ask(MEMBERS, input=given))["setTeamMembers"]["team"]
    assert moved == {"name": "north", "memberCount": 2, "members": [{"name": "north agent"}, {"name": "south agent"}]}
    assert (await supervisor.ask(LIST))["interactions"]["totalCount"] == 2
    given = {"teamId": named(world, "north"), "users": [global_id("User", world.users["evaluator"])]}
    found = (await admin.ask(SUPERVISORS, input=given))["setTeamSupervisors"]["team"]
    assert found == {"supervisors": [{"name": "Evaluator", "supervises": [{"name": "north"}]}]}
    assert (await supervisor.ask(LIST))["interactions"]["totalCount"] == 0


async def test_a_deleted_team_is_gone_but_for_what_was_held_in_it(db, world, as_person):
    await add_interaction(db, world, agent="north")
    admin, supervisor = await as_person(world, "admin"), await as_person(world, "supervisor")
    assert (await admin.ask(DELETE, id=named(world, "north")))["deleteTeam"] == {
        "__typename": "DeleteTeamPayload",
        "id": named(world, "north"),
    }
    assert [team["name"] for team in (await admin.ask(TEAMS))["teams"]] == ["south"]
    assert (await admin.ask(LIST))["interactions"]["edges"] == [{"node": {"team": {"name": "north"}}}]
    assert (await supervisor.ask(LIST))["interactions"]["totalCount"] == 0
    assert (await admin.ask(DELETE, id=named(world, "north")))["deleteTeam"]["__typename"] == "NotFound"
    assert (await admin.ask(DELETE, id="nonsense"))["deleteTeam"]["__typename"] == "NotFound"


async def test_agents_are_found_and_paged(world, as_person):
    client = await as_person(world, "admin")
    first = (await client.ask(AGENTS, first=1))["agents"]
    assert (first["edges"][0]["node"], first["pageInfo"]["hasNextPage"]) == ({"name": "north agent", "team": {"name": "north"}}, True)
    rest = (await client.ask(AGENTS, first=5, after=first["pageInfo"]["endCursor"]))["agents"]
    assert [edge["node"]["name"] for edge in rest["edges"]] == ["south agent"]
    for asked, expected in (
        ({"text": "EXT-S"}, 1), ({"text": "_"}, 0), ({"team": named(world, "south")}, 1), ({"team": "nonsense"}, 0),
        ({"outside": named(world, "south")}, 1), ({"outside": "nonsense"}, 2), ({"outside": named(world, "south"), "text": "EXT-S"}, 0),
    ):  # fmt: skip
        found = (await client.ask(AGENTS, **asked))["agents"]
        assert (len(found["edges"]), found["totalCount"]) == (expected, expected), asked


async def test_a_team_of_many_is_walked_forth_and_back(db, world, as_person):
    """Each agent once, in the order of their names, in which letters' size is none, and two of one name."""
    names = ["amy", "Ben", "Ben", "cara", "Dov", "Edna", "fay"]
    async with db.writing(world.id) as session:
        session.add_all(
            [Agent(account_id=world.id, external_id=f"m{n}", name=name, team_id=world.teams["south"]) for n, name in enumerate(names)]
        )
        session.add(Agent(account_id=world.id, external_id="free", name="Abe"))
    client, south = await as_person(world, "admin"), named(world, "south")
    expected = [*names, "south agent"]

    def listed(page):
        return [edge["node"]["name"] for edge in page["edges"]]

    walked, after = [], None
    for _ in range(3):
        page = (await client.ask(AGENTS, team=south, first=3, after=after))["agents"]
        assert (page["totalCount"], page["pageInfo"]["hasPreviousPage"]) == (8, after is not None)
        walked, after = walked + listed(page), page["pageInfo"]["endCursor"]
    assert (walked, page["pageInfo"]["hasNextPage"]) == (expected, False)
    page = (await client.ask(AGENTS, team=south, last=3, before=page["pageInfo"]["startCursor"]))["agents"]
    assert (listed(page), page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]) == (expected[3:6], True, True)
    page = (await client.ask(AGENTS, team=south, last=9, before=page["pageInfo"]["startCursor"]))["agents"]
    assert (listed(page), page["pageInfo"]["hasPreviousPage"]) == (expected[:3], False)
    page = (await client.ask(AGENTS, team=south, text="b", first=1))["agents"]
    assert (listed(page), page["totalCount"], page["pageInfo"]["hasNextPage"]) == (["Ben"], 2, True)
    outside = (await client.ask(AGENTS, outside=south))["agents"]
    assert listed(outside) == ["Abe", "north agent"]
    refused = await client.refused(AGENTS, team=south, after="nonsense")
    assert refused["extensions"]["code"] == "invalid_input"


async def test_a_team_shows_its_people_to_those_who_may_know(db, world, as_person):
    await add_interaction(db, world, agent="north")
    members = "{ interactions { edges { node { team { memberCount members { name } } } } } }"
    supervisors = "{ interactions { edges { node { team { supervisors { name } } } } } }"
    for person, knows in (("admin", True), ("supervisor", True), ("evaluator", True), ("agent", False)):
        client = await as_person(world, person)
        answer = await client.answer(members)
        assert ("errors" not in answer) is knows, person
        if not knows:
            assert {error["extensions"]["code"] for error in answer["errors"]} == {"not_permitted"}
        assert ("errors" not in await client.answer(supervisors)) is (person == "admin"), person


async def test_what_is_kept_of_a_person_is_for_them_and_for_those_who_manage_people(db, world, as_person):
    """Somebody who comes across a person elsewhere reads a name and an address."""
    async with db.writing(world.id) as session:
        await session.execute(update(User).where(col(User.id) == world.users["agent"]).values(last_seen_at=utc_now()))
    client, query = (
        await as_person(world, "agent"),
        "query ($id: ID!) { node(id: $id) { ... on User { name seat { source } lastSeenAt } } }",
    )
    own = (await client.ask(query, id=global_id("User", world.users["agent"])))["node"]
    assert own["name"] == "Agent"
    assert own["lastSeenAt"].endswith("Z")
    assert (await client.ask(query, id=global_id("User", world.users["admin"])))["node"] is None
