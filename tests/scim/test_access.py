"""Who may speak SCIM, of what size, how often, and that one account's directory sees nothing of another's."""

from __future__ import annotations

import pytest

from backend.api import scim
from backend.identity.scim.provider import LARGEST_BODY
from backend.identity.tokens import admission
from backend.identity.tokens.rules import Kind
from tests.scim.conftest import BULK, GROUP, USER, Directory, make_token


@pytest.mark.parametrize("token", ["assay_", "assay_nonsense", "assay_a.b.c"])
async def test_no_token_no_answer(directory, token: str):
    stranger = Directory(directory.http, directory.world, token)
    for path in ("/Users", "/ServiceProviderConfig", "/Schemas", "", "/nothing"):
        status, refused = await stranger.call("GET", path)
        assert (status, refused["status"]) == (401, "401")


async def test_a_token_for_the_api_is_none_for_scim_nor_the_reverse(directory, running, stored):
    token = await make_token(stored, running.keys, directory.world, kind=Kind.API)
    assert (await Directory(directory.http, directory.world, token).call("GET", "/Users"))[0] == 401
    asked = {"authorization": f"Bearer {directory.token}", "content-type": "application/json"}
    answer = (await directory.http.post("/graphql", json={"query": "{ viewer { name } }"}, headers=asked)).json()
    assert answer["data"] is None
    assert answer["errors"]


async def test_accounts_see_nothing_of_each_other(connect):
    mine, others = await connect(), await connect()
    user, group = await mine.add_user("mine@example.com"), await mine.add_group("Mine")
    listed = await others.call("GET", "/Users")
    assert listed[1]["totalResults"] == 0
    for path, body in (
        (f"/Users/{user}", {"schemas": [USER], "userName": "x"}),
        (f"/Groups/{group}", {"schemas": [GROUP], "displayName": "x"}),
    ):
        assert (await others.call("GET", path))[0] == 404
        assert (await others.call("PUT", path, body))[0] == 404
        assert (await others.patch(path, {"op": "replace", "path": "externalId", "value": "x"}))[0] == 404
        assert (await others.call("DELETE", path))[0] == 404
    status, refused = await others.call("POST", "/Groups", {"schemas": [GROUP], "displayName": "Theirs", "members": [{"value": user}]})
    assert (status, user in refused["detail"]) == (400, True)
    await others.add_user("mine@example.com")
    assert (await mine.call("GET", "/Users"))[1]["totalResults"] == 1


async def test_what_is_too_large_or_not_to_be_kept_is_refused(directory):
    status, refused = await directory.call("POST", "/Users", {"schemas": [USER], "userName": "x", "title": "x" * LARGEST_BODY})
    assert (status, refused["status"]) == (413, "413")
    many = {"schemas": [BULK], "Operations": [{"method": "DELETE", "path": "/Users/x"}] * 1_001}
    assert (await directory.call("POST", "/Bulk", many))[0] == 413
    assert (await directory.call("POST", "/Users", {"schemas": [USER], "userName": "x\x00"}))[0] == 400
    for attribute in ({"userName": "x" * 513}, {"externalId": "x" * 513}, {"title": "x" * 262_144}):
        status, refused = await directory.call("POST", "/Users", {"schemas": [USER], "userName": "x", **attribute})
        assert status == 400, (attribute, refused)
    id = await directory.add_user("x" * 512, emails=[{"value": f"{'x' * 300}@example.com"}])
    for method, path, half in (
        ("POST", "/Users", b'{"schemas": [], "userName": "y", "title": "\\ud800"}'),
        ("PATCH", f"/Users/{id}", b'{"schemas": [], "Operations": [{"op": "add", "path": "nickName", "value": "\\ud800"}]}'),
    ):
        shown = {"authorization": f"Bearer {directory.token}"}
        assert (await directory.http.request(method, f"/scim/v2{path}", content=half, headers=shown)).status_code == 400
    assert (await directory.call("GET", "/Users?filter=userName%20eq%20%22%00%22"))[0] == 400
    odd = await directory.http.post("/scim/v2/Users", content=b"{", headers={"authorization": f"Bearer {directory.token}"})
    assert (odd.status_code, odd.json()["scimType"]) == (400, "invalidSyntax")
    deep = b"[" * 100_000
    assert (
        await directory.http.post("/scim/v2/Bulk", content=deep, headers={"authorization": f"Bearer {directory.token}"})
    ).status_code == 400


async def test_too_many_requests_wait(directory, running, monkeypatch):
    monkeypatch.setattr(scim, "REQUESTS_AN_ACCOUNT", running.limiter.counts[f"scim:{directory.world.id}"] + 1)
    assert (await directory.call("GET", "/Users"))[0] == 200
    response = await directory.send("GET", "/Users")
    assert (response.status_code, response.headers["retry-after"]) == (429, str(scim.WINDOW_S))


async def test_too_many_tokens_that_do_not_count_wait_and_the_directory_does_not(directory, running, monkeypatch):
    running.limiter.counts.clear()
    monkeypatch.setattr(admission, "REFUSALS_AN_ADDRESS", 2)
    for authorization in ("Bearer assay_x", "Basic x"):
        assert (await directory.http.get("/scim/v2/Users", headers={"authorization": authorization})).status_code == 401
    refused = await directory.http.get("/scim/v2/Users", headers={"authorization": "Bearer assay_x"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, str(admission.WINDOW_S))
    assert refused.headers["content-type"] == "application/scim+json"
    assert refused.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert (await directory.call("GET", "/Users"))[0] == 200
    running.limiter.counts.clear()


async def test_what_the_service_says_of_itself(directory):
    config = (await directory.call("GET", "/ServiceProviderConfig"))[1]
    supported = {name: config[name]["supported"] for name in ("patch", "bulk", "filter", "sort", "etag", "changePassword")}
    assert supported == {"patch": True, "bulk": True, "filter": True, "sort": True, "etag": True, "changePassword": False}
    assert config["bulk"]["maxPayloadSize"] == LARGEST_BODY
    types = (await directory.call("GET", "/ResourceTypes"))[1]["Resources"]
    assert [kind["endpoint"] for kind in types] == ["/Users", "/Groups"]
    assert (await directory.call("GET", "/Me"))[0] == 501
