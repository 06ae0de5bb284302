"""
SAML's addresses of each identity provider: our metadata, where sign-in begins, where answers arrive, and single logout.

They are open to all and take forms of other sites: what they do rests on signatures and on what was kept on the server, never on a cookie
of the session. What goes wrong is a redirect to the sign-in page with a code; the audit log has the rest.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.errors import NotFound, SignInRefused
from backend.graphql.context import Caller
from backend.graphql.services import Services
from backend.identity.cookies import cookie_name, is_secure, set_cookie
from backend.identity.saml import service, signing_out
from backend.identity.saml.protocol.bindings import fields_of
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.protocol.xml import LARGEST, Element, decode_base64

_LARGEST_FORM = 2 * LARGEST
_BROWSER = "__Host-assay-saml"
_WINDOW_S = 15 * 60
_REQUESTS_AN_ADDRESS = 3_000
"""A whole contact centre may sign in from one address in the morning."""


_FRESH = {"cache-control": "no-store"}
_Handler = Callable[[Request], Awaitable[Response]]


def routes(services: Services) -> list[Route]:
    """Each answers for one provider, by its public id."""

    async def metadata(request: Request) -> Response:
        peer = await service.find(services, request.path_params["provider"])
        return Response(await service.metadata(services, peer), media_type="application/samlmetadata+xml", headers=_FRESH)

    async def login(request: Request) -> Response:
        peer = await service.find(services, request.path_params["provider"])
        browser = _browser(services, request) or (secrets.token_urlsafe(24) if is_secure(services.config) else None)
        target = await service.begin(services, peer, return_to=request.query_params.get("return_to"), browser=browser)
        answer = _to(target)
        if browser is not None:  # it comes back with a form of another site, which Lax would keep it from
            answer.set_cookie(_BROWSER, browser, max_age=3_600, path="/", secure=True, httponly=True, samesite="none")
        return answer

    async def acs(request: Request) -> Response:
        peer = await service.find(services, request.path_params["provider"])
        fields = await _form(request)
        raw = decode_base64(fields.get("SAMLResponse", ""))
        browser, caller = _browser(services, request), _caller(services, request)
        entered = await service.finish(services, peer, raw, relay_state=fields.get("RelayState"), browser=browser, caller=caller)
        answer = _to(entered.return_to)
        assert entered.signed_in.token is not None
        set_cookie(answer, services.config, entered.signed_in.token)
        return answer

    async def slo(request: Request) -> Response:
        peer = await service.find(services, request.path_params["provider"])
        root, relay_state = await _logout_message(request, peer)
        ended = await signing_out.receive(services, peer, root, relay_state=relay_state, address=_address(request))
        return _to(ended)

    base = "/saml/{provider}"
    return [
        Route(f"{base}/metadata", _guarded(services, metadata)),
        Route(f"{base}/login", _guarded(services, login)),
        Route(f"{base}/acs", _guarded(services, acs), methods=["POST"]),
        Route(f"{base}/slo", _guarded(services, slo), methods=["GET", "POST"]),
    ]


def _guarded(services: Services, handler: _Handler) -> _Handler:
    async def guarded(request: Request) -> Response:
        if await services.limiter.take(f"saml:{_address(request)}", limit=_REQUESTS_AN_ADDRESS, window_s=_WINDOW_S) is not None:
            return _sign_in("too_many_attempts")
        try:
            return await handler(request)
        except Refused as refused:
            return _sign_in(refused.reason)
        except SignInRefused:
            return _sign_in("inactive")
        except NotFound as missing:
            return PlainTextResponse(f"{missing.message}\n", 404, headers=_FRESH)
        except ClientDisconnect:
            return Response(status_code=400)

    return guarded


def _sign_in(reason: str) -> Response:
    """The sign-in page says it in words; the code is one of those that `Refused` bears."""
    return _to(f"{signing_out.SIGN_IN}?{urlencode({'error': reason})}")


def _to(address: str) -> Response:
    return RedirectResponse(address, 303, headers=_FRESH)


async def _form(request: Request) -> dict[str, str]:
    """The first field of each name, read while it is bounded. Raises Refused."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            raise Refused("too_large", f"The form is larger than the {_LARGEST_FORM // 1024} KiB that are taken.")
    return fields_of(body.decode("latin-1"))


async def _logout_message(request: Request, peer: service.Peer) -> tuple[Element, str | None]:
    """The message and its RelayState, by either binding."""
    if request.method == "POST":
        fields = await _form(request)
        field = "SAMLRequest" if "SAMLRequest" in fields else "SAMLResponse"
        return signing_out.from_form(peer, decode_base64(fields.get(field, ""))), fields.get("RelayState")
    query = request.scope["query_string"].decode("latin-1")
    fields = fields_of(query)
    field = "SAMLRequest" if "SAMLRequest" in fields else "SAMLResponse"
    return signing_out.redirected(peer, query, field), fields.get("RelayState")


def _browser(services: Services, request: Request) -> str | None:
    return request.cookies.get(_BROWSER) if is_secure(services.config) else None


def _caller(services: Services, request: Request) -> Caller:
    return Caller(_address(request), request.headers.get("user-agent"), request.cookies.get(cookie_name(services.config)))


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None
