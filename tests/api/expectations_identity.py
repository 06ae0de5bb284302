"""What each person may do with sessions, second factors, passwords, tokens and ways in: their own, and others' by account permission."""

from __future__ import annotations

from typing import Any

from backend.authz.actions import AccountAction
from backend.graphql.ids import global_id
from backend.graphql.mutation import Open
from tests.api.expectations import Check, Scene, signed_out

OURS, FOREIGN, NOBODY = "admin", "foreign", "nobody"


async def my_sessions(scene: Scene, person: str) -> None:
    query, client = "{ mySessions { current } }", scene.clients[person]
    if person == NOBODY:
        return await signed_out(client, query)
    assert (await client.ask(query))["mySessions"] == [{"current": True}]
    return None


async def user_sessions(scene: Scene, person: str) -> None:
    query, client = "query ($id: ID!) { userSessions(userId: $id) { current } }", scene.clients[person]
    id = global_id("User", scene.world.users["agent"])
    if person == NOBODY:
        return await signed_out(client, query, id=id)
    if person == OURS:
        assert (await client.ask(query, id=id))["userSessions"] == [{"current": False}]
        return None
    code = (await client.refused(query, id=id))["extensions"]["code"]
    assert code == ("not_found" if person == FOREIGN else "not_permitted")
    return None


async def my_tokens(scene: Scene, person: str) -> None:
    query, client = "{ myTokens { id } }", scene.clients[person]
    if person == NOBODY:
        return await signed_out(client, query)
    assert (await client.ask(query))["myTokens"] == []
    return None


async def account_tokens(scene: Scene, person: str) -> None:
    query, client = "{ accountTokens { id } }", scene.clients[person]
    if person == NOBODY:
        return await signed_out(client, query)
    if person in {OURS, FOREIGN}:
        assert (await client.ask(query))["accountTokens"] == []
        return None
    assert (await client.refused(query))["extensions"] == {"code": "not_permitted", "permission": "account.identity"}
    return None


async def sign_in_methods(scene: Scene, person: str) -> None:
    query = "query ($account: String!) { signInMethods(account: $account) { password providers { id } } }"
    for account in (scene.world.slug, "no-such-account"):
        found = (await scene.clients[person].ask(query, account=account))["signInMethods"]
        assert found == {"password": True, "providers": []}


async def _answer(scene: Scene, person: str, query: str, **variables: Any) -> dict[str, Any] | None:
    """A mutation's answer; None for nobody, who is told to sign in."""
    if person == NOBODY:
        await signed_out(scene.clients[person], query, **variables)
        return None
    return next(iter((await scene.clients[person].ask(query, **variables)).values()))


async def own_identity(scene: Scene, person: str) -> None:
    """What everybody may do with their own. A wrong code and a missing password are refused for what they are."""
    kind = "{ __typename }"
    for query, expected in (
        (f"mutation {{ beginTwoFactor {kind} }}", "BeginTwoFactorPayload"),
        (f'mutation {{ confirmTwoFactor(code: "x") {kind} }}', "InvalidInput"),
        (f'mutation {{ disableTwoFactor(code: "x") {kind} }}', "Conflict"),
        (f'mutation {{ changePassword(input: {{old: "x", new: "y"}}) {kind} }}', "Conflict"),
        (f'mutation {{ createToken(input: {{name: "x", scopes: ["read"], days: 1}}) {kind} }}', "CreateTokenPayload"),
        (f"mutation {{ revokeOtherSessions {kind} }}", "RevokeOtherSessionsPayload"),
    ):
        found = await _answer(scene, person, query)
        assert found is None or found["__typename"] == expected, query


async def others_sessions(scene: Scene, person: str) -> None:
    """Sessions and second factors of the person `agent`."""
    admin, id = scene.clients[OURS], global_id("User", scene.world.users["agent"])
    listed = "query ($id: ID!) { userSessions(userId: $id) { id } }"
    session = (await admin.ask(listed, id=id))["userSessions"][0]["id"]
    found = await _answer(scene, person, "mutation ($id: ID!) { revokeSession(id: $id) { __typename } }", id=session)
    own = person == "agent"
    assert found is None or found["__typename"] == ("RevokeSessionPayload" if person == OURS or own else "NotFound")
    if own:
        return
    for field, payload in (("revokeUserSessions", "RevokeUserSessionsPayload"), ("resetTwoFactor", "ResetTwoFactorPayload")):
        query = f"mutation ($id: ID!) {{ {field}(userId: $id) {{ __typename ... on NotPermitted {{ permission }} }} }}"
        found = await _answer(scene, person, query, id=id)
        if person == OURS:
            assert found == {"__typename": payload}
        elif person == FOREIGN:
            assert found == {"__typename": "NotFound"}
        elif found is not None:
            assert found == {"__typename": "NotPermitted", "permission": "account.users"}


async def account_identity(scene: Scene, person: str) -> None:
    """Tokens of others and for SCIM, the signing key, sign-in with passwords."""
    fields = "{ __typename ... on NotPermitted { permission } }"
    create = 'mutation { createToken(input: {name: "x", scopes: ["read"], days: 1}) { ... on CreateTokenPayload { token { id } } } }'
    theirs = (await scene.clients["evaluator"].ask(create))["createToken"]["token"]["id"]
    found = await _answer(scene, person, f"mutation ($id: ID!) {{ revokeToken(id: $id) {fields} }}", id=theirs)
    assert found is None or found["__typename"] == ("RevokeTokenPayload" if person in {OURS, "evaluator"} else "NotFound")
    for query, expected in (
        (f'mutation {{ createToken(input: {{name: "x", scopes: [], days: 1, kind: SCIM}}) {fields} }}', "CreateTokenPayload"),
        (f"mutation {{ rotateSigningKey {fields} }}", "RotateSigningKeyPayload"),
        (f"mutation {{ setPasswordSignIn(on: true) {fields} }}", "SetPasswordSignInPayload"),
        (f"mutation {{ setPasswordSignIn(on: false) {fields} }}", "Conflict"),
    ):
        found = await _answer(scene, person, query)
        allowed = person in {OURS, FOREIGN}
        if found is not None:
            assert found == ({"__typename": expected} if allowed else {"__typename": "NotPermitted", "permission": "account.identity"})


FIELDS: dict[str, Check | None] = {
    "Query.mySessions": my_sessions,
    "Query.userSessions": user_sessions,
    "Query.myTokens": my_tokens,
    "Query.accountTokens": account_tokens,
    "Query.signInMethods": sign_in_methods,
    "Mutation.beginTwoFactor": own_identity,
    "Mutation.confirmTwoFactor": own_identity,
    "Mutation.disableTwoFactor": own_identity,
    "Mutation.changePassword": own_identity,
    "Mutation.createToken": own_identity,
    "Mutation.revokeOtherSessions": own_identity,
    "Mutation.revokeSession": others_sessions,
    "Mutation.revokeUserSessions": others_sessions,
    "Mutation.resetTwoFactor": others_sessions,
    "Mutation.revokeToken": account_identity,
    "Mutation.rotateSigningKey": account_identity,
    "Mutation.setPasswordSignIn": account_identity,
}
CHANGING = [own_identity, others_sessions, account_identity]
PERMISSIONS: dict[str, AccountAction | Open] = {
    **{name.partition(".")[2]: Open.SIGNED_IN for name in FIELDS if name.startswith("Mutation.")},
    "revokeUserSessions": AccountAction.USERS_EDIT,
    "resetTwoFactor": AccountAction.USERS_EDIT,
    "rotateSigningKey": AccountAction.IDENTITY_EDIT,
    "setPasswordSignIn": AccountAction.IDENTITY_EDIT,
}
IN_PERSON = {
    *("beginTwoFactor", "confirmTwoFactor", "disableTwoFactor", "resetTwoFactor", "changePassword", "createToken"),
    *("revokeSession", "revokeOtherSessions", "setPasswordSignIn", "resetPassword", "saveIdentityProvider", "addCertificate"),
}
"""Refused to tokens, whatever their scopes."""
