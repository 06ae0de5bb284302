"""API tokens over HTTP: what they open, what they may not do, and how they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from backend.accounts.tables import User
from backend.audit.tables import AuditEntry
from backend.clock import utc_now
from backend.graphql.ids import global_id
from backend.identity.tokens import admission
from backend.identity.tokens.tables import ApiToken
from tests.api.conftest import ORIGIN
from tests.api.seed import add_interaction, add_recording

CREATE = """mutation ($input: CreateTokenInput!) { createToken(input: $input) { __typename
  ... on CreateTokenPayload { secret token { id name scopes kind hint owner { name } createdAt expiresAt lastUsedAt revokedAt } }
  ... on InvalidInput { pointer } ... on NotPermitted { permission } } }"""
REVOKE = """mutation ($id: ID!) { revokeToken(id: $id) { __typename ... on RevokeTokenPayload { token { revokedAt } } } }"""
ROTATE = "mutation { rotateSigningKey { __typename ... on RotateSigningKeyPayload { tokensKept } } }"
MINE = "{ myTokens { name lastUsedAt owner { name } } }"
ALL = "{ accountTokens { name kind owner { name } } }"
WHO = "{ viewer { name permissions accountPermissions } }"


@pytest.fixture
def token_of(world, as_person):
    """`await token_of("admin", "read")` is a token's id and secret."""

    async def make(person: str, *scopes: str, kind: str = "API", account=None):
        client = await as_person(account or world, person)
        made = (await client.ask(CREATE, input={"name": "A script", "scopes": scopes, "days": 30, "kind": kind}))["createToken"]
        return made["token"]["id"], made["secret"]

    return make


@pytest.fixture
def show(nobody):
    """A program that shows a token, and has neither our header nor an origin: `await show(secret, query)`."""
    for name in ("x-assay", "origin"):
        del nobody.http.headers[name]

    async def post(secret: str, query: str, headers: dict[str, str] | None = None, **variables):
        sent = {"authorization": f"Bearer {secret}", **(headers or {})}
        return await nobody.http.post("/graphql", json={"query": query, "variables": variables}, headers=sent)

    return post


async def data(answer):
    body = (await answer).json()
    assert "errors" not in body, body
    return body["data"]


async def test_a_token_is_shown_once_and_listed_without_its_secret(world, as_person, token_of, show):
    client = await as_person(world, "supervisor")
    given = {"name": " Nightly  export ", "scopes": ["read", "interaction.retry"], "days": 7}
    made = (await client.ask(CREATE, input=given))["createToken"]
    token, secret = made["token"], made["secret"]
    assert (token["name"], token["scopes"], token["kind"]) == ("Nightly export", ["interaction.retry", "read"], "API")
    assert token["owner"] == {"name": "Supervisor"}
    assert secret.startswith("assay_")
    assert secret.endswith(token["hint"])
    assert (await client.ask(MINE))["myTokens"] == [{"name": "Nightly export", "lastUsedAt": None, "owner": {"name": "Supervisor"}}]
    await data(show(secret, WHO))
    assert (await client.ask(MINE))["myTokens"][0]["lastUsedAt"] is not None


async def test_a_program_asks_as_its_owner_without_header_or_origin(db, world, token_of, show):
    row = await add_interaction(db, world, agent="north")
    await add_interaction(db, world, agent="south")
    _, secret = await token_of("supervisor", "interaction.read")
    viewer = (await data(show(secret, WHO)))["viewer"]
    assert viewer == {"name": "Supervisor", "permissions": ["interaction.read:team"], "accountPermissions": []}
    found = (await data(show(secret, "{ interactions { edges { node { id } } } }")))["interactions"]
    assert found == {"edges": [{"node": {"id": global_id("Interaction", row.id)}}]}


async def test_from_another_site_a_token_is_as_good(token_of, show):
    _, secret = await token_of("agent", "read")
    assert (await show(secret, WHO, headers={"origin": "https://tools.example"})).status_code == 200


async def test_a_cookie_beside_a_token_is_ignored_and_none_is_set(world, as_person, token_of, nobody, show):
    admin = await as_person(world, "admin")
    cookie = {"cookie": f"assay={admin.http.cookies['assay']}"}
    _, secret = await token_of("agent", "read")
    answer = await show(secret, WHO, headers=cookie)
    assert answer.json()["data"]["viewer"]["name"] == "Agent"
    assert "set-cookie" not in answer.headers
    refused = await show("assay_nonsense", WHO, headers=cookie)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["errors"][0]["extensions"]["code"] == "unauthenticated"
    given = {"account": world.slug, "email": "admin@example.com", "password": "x"}
    answer = await show(secret, "mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }", input=given)
    assert answer.json()["data"]["signIn"]["__typename"] == "SignInRefused"
    assert "set-cookie" not in answer.headers
    assert not nobody.http.cookies


async def test_another_scheme_is_not_ours_and_the_cookie_counts(world, as_person):
    client = await as_person(world, "agent")
    answer = await client.http.post("/graphql", json={"query": WHO}, headers={"authorization": "Basic dXNlcjpwYXNz"})
    assert answer.json()["data"]["viewer"]["name"] == "Agent"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
async def test_a_token_does_not_change_what_a_body_may_be(token_of, nobody, kind):
    _, secret = await token_of("agent", "read")
    answer = await nobody.http.post("/graphql", content="{}", headers={"authorization": f"Bearer {secret}", "content-type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "query",
    [
        'mutation { createToken(input: {name: "x", scopes: ["read"], days: 1}) { ... on NotPermitted { permission } } }',
        'mutation { changePassword(input: {old: "x", new: "y"}) { ... on NotPermitted { permission } } }',
        "mutation { beginTwoFactor { ... on NotPermitted { permission } } }",
        'mutation { confirmTwoFactor(code: "000000") { ... on NotPermitted { permission } } }',
        'mutation { disableTwoFactor(code: "000000") { ... on NotPermitted { permission } } }',
        'mutation { resetTwoFactor(userId: "x") { ... on NotPermitted { permission } } }',
        'mutation { revokeSession(id: "x") { ... on NotPermitted { permission } } }',
        "mutation { revokeOtherSessions { ... on NotPermitted { permission } } }",
        "mutation { setPasswordSignIn(on: true) { ... on NotPermitted { permission } } }",
    ],
)
async def test_a_token_cannot_make_itself_at_home(token_of, show, query):
    _, secret = await token_of("admin", "read", "account.users", "account.identity")
    assert next(iter((await data(show(secret, query))).values())) == {"permission": "in person"}


async def test_people_whom_a_token_makes_have_no_password(db, world, token_of, show):
    _, secret = await token_of("admin", "account.users")
    query = """mutation ($input: CreateUserInput!) { createUser(input: $input) {
        ... on CreateUserPayload { password user { email } } ... on NotPermitted { permission } } }"""
    given = {"email": "new@example.com", "name": "New"}
    refused = (await data(show(secret, query, input={**given, "password": "plum tractor sings"})))["createUser"]
    assert refused == {"permission": "in person"}
    assert (await data(show(secret, query, input=given)))["createUser"] == {"password": None, "user": {"email": "new@example.com"}}
    async with db.reading(world.id) as session:
        assert await session.scalar(select(col(User.password_hash)).where(col(User.email) == "new@example.com")) is None


@pytest.mark.parametrize("query", ["{ mySessions { id } }", "{ myTokens { id } }"])
async def test_a_token_does_not_see_where_its_owner_is_signed_in(token_of, show, query):
    _, secret = await token_of("admin", "read")
    assert (await show(secret, query)).json()["errors"][0]["extensions"]["code"] == "not_permitted"


async def test_account_permissions_need_their_scope(token_of, show):
    _, secret = await token_of("admin", "read")
    assert (await show(secret, "{ accountTokens { id } }")).json()["errors"][0]["extensions"]["permission"] == "account.identity"
    _, secret = await token_of("admin", "account.identity")
    assert len((await data(show(secret, "{ accountTokens { id } }")))["accountTokens"]) == 2


async def test_a_revoked_token_opens_nothing_at_once(db, world, as_person, token_of, show):
    id, secret = await token_of("agent", "read")
    await data(show(secret, WHO))
    client = await as_person(world, "agent")
    assert (await client.ask(REVOKE, id=id))["revokeToken"]["token"]["revokedAt"]
    assert (await show(secret, WHO)).status_code == 401
    assert (await client.ask(REVOKE, id=id))["revokeToken"]["__typename"] == "RevokeTokenPayload", "again: nothing happens"
    async with db.reading(world.id) as session:
        actions = (await session.execute(select(col(AuditEntry.action)))).scalars().all()
    assert actions.count("token.revoke") == 1


async def test_a_token_may_end_itself_but_not_its_owners_others(token_of, show):
    first, secret = await token_of("agent", "read")
    other, _ = await token_of("agent", "read")
    assert (await data(show(secret, REVOKE, id=other)))["revokeToken"]["__typename"] == "NotFound"
    assert (await data(show(secret, REVOKE, id=first)))["revokeToken"]["__typename"] == "RevokeTokenPayload"
    assert (await show(secret, WHO)).status_code == 401


async def test_expired_switched_off_and_made_for_scim_are_refused(db, world, token_of, show):
    _, scim = await token_of("admin", kind="SCIM")
    assert (await show(scim, WHO)).status_code == 401
    _, secret = await token_of("agent", "read")
    async with db.writing(world.id) as session:
        await session.execute(update(User).where(col(User.id) == world.users["agent"]).values(active=False))
    assert (await show(secret, WHO)).status_code == 401
    _, secret = await token_of("supervisor", "read")
    async with db.writing(world.id) as session:
        await session.execute(update(ApiToken).values(expires_at=utc_now() - timedelta(seconds=1)))
    assert (await show(secret, WHO)).status_code == 401


async def test_recordings_open_with_the_scope_to_play(db, world, vault, token_of, nobody):
    row = await add_interaction(db, world, agent="north")
    await add_recording(db, vault, row, b"sound", b"peaks")
    address = f"/media/{global_id('Interaction', row.id)}"
    for scopes, status in ((["read"], 200), (["interaction.read"], 404)):
        _, secret = await token_of("agent", *scopes)
        answer = await nobody.http.get(address, headers={"authorization": f"Bearer {secret}"})
        assert answer.status_code == status, scopes
    assert (await nobody.http.get(address, headers={"authorization": "Bearer assay_x"})).status_code == 401


@pytest.fixture
def few_refusals(monkeypatch):
    """The second token of an address that does not count has to wait."""
    monkeypatch.setattr(admission, "REFUSALS_AN_ADDRESS", 1)
    return admission.WINDOW_S


async def test_too_many_tokens_that_do_not_count_have_to_wait_and_one_that_counts_does_not(
    db, world, as_person, token_of, show, limiter, few_refusals
):
    id, secret = await token_of("agent", "read")
    _, scim = await token_of("admin", kind="SCIM")
    _, ended = await token_of("supervisor", "read")
    client = await as_person(world, "agent")
    async with db.writing(world.id) as session:
        await session.execute(update(ApiToken).where(col(ApiToken.user_id) == world.users["supervisor"]).values(expires_at=utc_now()))
    assert (await show("assay_nonsense", WHO)).status_code == 401
    for wrong in ("assay_nonsense", "nonsense", "", scim, ended):
        refused = await show(wrong, WHO)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, str(few_refusals)), wrong
        assert refused.json()["errors"][0]["extensions"] == {"code": "too_many_refused", "retryAfterS": few_refusals}
        assert (await data(show(secret, WHO)))["viewer"]["name"] == "Agent", "one that counts is let in"
    assert (await client.ask(WHO))["viewer"]["name"] == "Agent", "nor do browsers wait"
    await client.ask(REVOKE, id=id)
    assert (await show(secret, WHO)).status_code == 429
    assert not any("127.0.0.1" in key or "assay_" in key for key in limiter.counts)


async def test_what_counts_or_is_no_token_is_not_counted(world, as_person, token_of, show, nobody, few_refusals):
    _, secret = await token_of("agent", "read")
    for _ in range(3):
        await data(show(secret, WHO))
        assert (await nobody.http.post("/graphql", json={"query": WHO}, headers={"x-assay": "1"})).status_code == 200
    assert (await show("assay_nonsense", WHO)).status_code == 401


@pytest.mark.parametrize("address", ["/media/x", "/media/x/peaks", "/account/audit.csv", "/account/audit.jsonl", "/scim/v2/Users"])
async def test_every_door_for_tokens_counts_those_that_do_not_count(nobody, few_refusals, address):
    shown = {"authorization": "Bearer assay_nonsense"}
    assert (await nobody.http.get(address, headers=shown)).status_code == 401
    refused = await nobody.http.get(address, headers=shown)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(few_refusals))
    assert f"wait {few_refusals} seconds" in refused.text
    assert "no-store" in refused.headers["cache-control"]


async def test_scim_tokens_need_the_permission_and_are_the_accounts(world, as_person, token_of, new_account, db):
    agent, admin = await as_person(world, "agent"), await as_person(world, "admin")
    refused = (await agent.ask(CREATE, input={"name": "x", "scopes": [], "days": 1, "kind": "SCIM"}))["createToken"]
    assert refused == {"__typename": "NotPermitted", "permission": "account.identity"}
    id, _ = await token_of("admin", kind="SCIM")
    await token_of("agent", "read")
    assert (await admin.ask(ALL))["accountTokens"] == [
        {"name": "A script", "kind": "API", "owner": {"name": "Agent"}},
        {"name": "A script", "kind": "SCIM", "owner": None},
    ]
    assert (await admin.ask(MINE))["myTokens"] == []
    stranger = await as_person(await new_account(db), "admin")
    assert (await stranger.ask(ALL))["accountTokens"] == []
    assert (await stranger.ask(REVOKE, id=id))["revokeToken"]["__typename"] == "NotFound"
    assert (await admin.ask(ROTATE))["rotateSigningKey"]["tokensKept"] == 2


async def test_a_forged_cookie_request_is_still_refused(world, as_person):
    client = await as_person(world, "agent")
    answer = await client.http.post("/graphql", json={"query": WHO}, headers={"origin": "http://evil.test", "authorization": ""})
    assert answer.status_code == 403
    assert client.http.headers["origin"] == ORIGIN
