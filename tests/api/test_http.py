"""What surrounds GraphQL: forgery, sizes, error shapes, pages, headers, health."""

from __future__ import annotations

import json

import pytest

from backend.app import create_app
from backend.errors import ConfigurationError
from backend.infra.limiter.fake import FakeLimiter
from backend.infra.queue.fake import FakeQueue
from tests.api.conftest import ORIGIN
from tests.api.seed import add_interaction

QUERY = {"query": "{ viewer { name } }"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"x-assay": "0"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ORIGIN + ".evil.test"}, 403),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
    ],
)
async def test_a_request_that_another_site_could_make_is_refused(world, as_person, headers, status):
    client = await as_person(world, "admin")
    response = await client.http.post("/graphql", content=json.dumps(QUERY), headers={"content-type": "application/json", **headers})
    assert response.status_code == status
    assert ("errors" in response.json()) is (status != 200)


async def test_a_cookie_without_an_origin_is_refused_and_a_program_without_both_is_not(world, as_person, nobody):
    client = await as_person(world, "admin")
    for browser, status in ((client, 403), (nobody, 200)):
        del browser.http.headers["origin"]
        assert (await browser.http.post("/graphql", json=QUERY)).status_code == status
    client.http.headers["sec-fetch-site"] = "same-origin"
    assert (await client.http.post("/graphql", json=QUERY)).status_code == 200


async def test_queries_by_get_are_refused(nobody):
    assert (await nobody.http.get("/graphql", params=QUERY)).status_code == 405


async def test_a_body_larger_than_a_query_is_refused(nobody):
    response = await nobody.http.post("/graphql", json={"query": "{ viewer { name } }" + " " * 2**20})
    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["code"] == "too_large"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ interactions(first: 500) { edges { cursor } } }", "invalid_input"),
        ("{ interactions(first: 1, last: 1) { edges { cursor } } }", "invalid_input"),
        ('{ interactions(after: "x") { edges { cursor } } }', "invalid_input"),
        (
            "{ interactions(first: 200) { edges { node { engagement { interactions { engagement { interactions { id } } } } } } } }",
            "too_costly",
        ),
    ],
)
async def test_an_error_has_a_code_that_programs_can_read(world, as_person, query, code):
    error = await (await as_person(world, "admin")).refused(query)
    assert error["extensions"]["code"] == code


async def test_a_query_too_deep_or_with_too_many_aliases_is_refused(world, as_person):
    client = await as_person(world, "admin")
    deep = "{ interactions(first: 1) " + "{ edges { node { engagement { interactions " * 4 + "{ id }" + " } } } }" * 4 + " }"
    many = "{ " + " ".join(f"a{number}: viewer {{ name }}" for number in range(31)) + " }"
    for query in (deep, many):
        assert (await client.refused(query))["message"]


async def test_an_unexpected_error_is_masked_and_logged_with_its_id(world, db, as_person, monkeypatch, caplog):
    await add_interaction(db, world)
    client = await as_person(world, "admin")

    async def broken(*_args, **_kwargs):
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("backend.interactions.listing.page", broken)
    error = await client.refused("{ interactions { edges { cursor } } }")
    assert error["extensions"]["code"] == "internal"
    assert "secret" not in json.dumps(error)
    assert error["extensions"]["id"] in caplog.text
    assert "a secret of the server" in caplog.text


async def test_pages_and_assets(nobody):
    http = nobody.http
    asset = await http.get("/assets/index-abc.js", headers={"accept-encoding": "identity"})
    assert (asset.text, asset.headers["cache-control"]) == ("plain;", "public, max-age=31536000, immutable")
    async with http.stream("GET", "/assets/index-abc.js", headers={"accept-encoding": "gzip, br"}) as packed:
        assert packed.headers["content-encoding"] == "br"
        assert b"".join([part async for part in packed.aiter_raw()]) == b"packed"
    for missing in ("/assets/index-old.js", "/assets/", "/assets/%2e%2e/%2e%2e/secret", "/assets/%2e%2e/index.html"):
        assert (await http.get(missing)).status_code == 404, missing
    for outside in ("/%2e%2e/secret", "/..%2fsecret"):
        assert "not for anybody" not in (await http.get(outside)).text
    assert (await http.get("/theme.js")).text == "document;"


async def test_every_other_address_is_the_page_under_a_policy_of_its_own(nobody):
    first, second = [await nobody.http.get("/interactions/abc?t=95") for _ in range(2)]
    nonce = first.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in first.text
    assert nonce not in second.text
    assert first.headers["cache-control"] == "no-store"
    assert "require-trusted-types-for 'script'" in first.headers["content-security-policy"]


async def test_every_answer_bears_the_security_headers(nobody):
    for address in ("/", "/assets/none", "/healthz", "/media/x"):
        headers = (await nobody.http.get(address)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["referrer-policy"]


async def test_unbuilt_pages_say_how_to_build_them(application, db, pages, nobody):
    (pages / "index.html").unlink()
    response = await nobody.http.get("/")
    assert response.status_code == 503
    assert "make setup" in response.text


async def test_ready_only_with_database_and_messages(nobody, pubsub, monkeypatch):
    assert (await nobody.http.get("/readyz")).json() == {"status": "ok"}

    async def down(*_):
        raise ConnectionError

    monkeypatch.setattr(pubsub, "publish", down)
    response = await nobody.http.get("/readyz")
    assert (response.status_code, response.json()["unavailable"]) == (503, ["messages"])
    assert (await nobody.http.get("/healthz")).status_code == 200


async def test_start_refuses_a_role_that_sees_past_row_level_security(cluster, fresh_urls, config, pubsub, store, keys):
    from backend.db.session import Database

    async def start(url: str) -> None:
        db = Database.open(url, fresh_urls["DATABASE_SYSTEM_URL"])
        app = create_app(config, db, FakeQueue(), pubsub, store, keys, limiter=FakeLimiter())
        try:
            async with app.router.lifespan_context(app):
                pass
        finally:
            await db.close()

    await start(fresh_urls["DATABASE_URL"])
    with pytest.raises(ConfigurationError):
        await start(fresh_urls["DATABASE_OWNER_URL"])


async def test_start_refuses_a_database_whose_notices_are_not_heard(application, fresh_db, monkeypatch):
    async def deaf(connection, channel, callback):
        await connection.execute(f"LISTEN {channel}; UNLISTEN *")

    monkeypatch.setattr("asyncpg.Connection.add_listener", deaf)
    monkeypatch.setattr("backend.db.notices.PATIENCE_S", 0.2)
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        async with application(fresh_db).router.lifespan_context(None):
            pass


async def test_over_https_the_cookie_is_bound_to_the_host(db, config, pubsub, store, keys):
    import httpx

    secure = config.model_copy(update={"public_url": "https://assay.test"})
    app = create_app(secure, db, FakeQueue(), pubsub, store, keys, limiter=FakeLimiter())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://assay.test") as http:
        assert (await http.get("/healthz")).headers["strict-transport-security"]
