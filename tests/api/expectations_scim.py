"""SCIM: no cookie opens it, whoever's it is; a token that was made for it does. `tests/scim` asks with one."""

from __future__ import annotations

from tests.api.expectations import Check, Scene


async def scim(scene: Scene, person: str) -> None:
    http = scene.clients[person].http
    for method, path in (("GET", ""), ("GET", "/Users"), ("POST", "/Groups"), ("GET", "/ServiceProviderConfig"), ("POST", "/Bulk")):
        response = await http.request(method, f"/scim/v2{path}")
        assert response.status_code == 401, path
        assert response.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
        assert response.headers["www-authenticate"].startswith("Bearer")


ROUTES: dict[str, Check | None] = {"/scim/v2": None, "/scim/v2/{path:path}": scim}
