"""SCIM 2.0 under /scim/v2: behind a token made for it, one account a token, bounded in size and rate."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from urllib.parse import parse_qsl

from scim2_models import InvalidValueException, PayloadTooLargeException, SCIMException, UnauthorizedException
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.authz.actor import Actor
from backend.errors import TooManyRefused
from backend.graphql.services import Services
from backend.identity.scim.protocol import SERVICE, answer
from backend.identity.scim.provider import LARGEST_BODY, PATH
from backend.identity.scim.storage import PostgresStorage
from backend.identity.tokens.admission import admitted
from backend.identity.tokens.rules import Audience, bearer_token

WINDOW_S = 60
REQUESTS_AN_ACCOUNT = 6_000
AT_ONCE = 4
"""Changes of an account wait for one another, each with a connection: others need connections too."""
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class _TooOften(Exception):
    def __init__(self, wait_s: int) -> None:
        super().__init__()
        self.wait_s = wait_s


def routes(services: Services) -> list[Route]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def serve(request: Request) -> Response:
        try:
            actor = await _actor(services, request)
            asked = await _request(services, request)
            storage = PostgresStorage(services.database, actor, address=_address(request), reading=_reads(asked), whole=False)
            async with turns:
                return _sent(await answer(storage, asked), asked)
        except _TooOften as refusal:
            return _too_often(refusal.wait_s, f"Too many requests. The next is accepted in {refusal.wait_s} seconds.")
        except TooManyRefused as refusal:
            return _too_often(refusal.retry_after_s, refusal.message)
        except SCIMException as error:
            return _sent(SERVICE.error_response(error), None)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except Exception as error:
            return _sent(SERVICE.error_response(error), None)

    return [Route(PATH, serve, methods=_METHODS), Route(PATH + "/{path:path}", serve, methods=_METHODS)]


async def _actor(services: Services, request: Request) -> Actor:
    """
    The account's directory. Raises UnauthorizedException where the token is missing or none for SCIM, TooManyRefused where there is no end
    of it, and _TooOften where the account asks too often.
    """
    token = bearer_token(request.headers.get("authorization")) or ""
    found = await admitted(services.database, services.sealers, services.limiter, token, Audience.SCIM, _address(request))
    if found is None:
        raise UnauthorizedException(detail="Show a token made for SCIM: Authorization: Bearer assay_…")
    account = f"scim:{found.actor.account_id}"
    wait = await services.limiter.take(account, limit=REQUESTS_AN_ACCOUNT, window_s=WINDOW_S)
    if wait is not None:
        raise _TooOften(wait)
    return found.actor


async def _request(services: Services, request: Request) -> ScimRequest:
    """Raises PayloadTooLargeException as soon as the body is, and InvalidValueException for what no database can hold."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise PayloadTooLargeException(detail=f"A request may have {LARGEST_BODY:,} bytes.")
    query = request.url.query
    if _NUL.search(body) or "%00" in query or "\x00" in query:
        raise InvalidValueException(detail="The character U+0000 cannot be kept: leave it out.")
    root = services.config.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return ScimRequest(
        method=request.method,
        base_url=root + PATH,
        path="/" + request.path_params.get("path", "").strip("/").removesuffix(".scim"),
        query=dict(parse_qsl(query, keep_blank_values=True)),
        headers=[(name, value) for name, value in request.headers.items()],
        body=bytes(body),
    )


def _reads(request: ScimRequest) -> bool:
    return request.method == "GET" or request.path.endswith("/.search")


def _sent(response: ScimResponse, request: ScimRequest | None) -> Response:
    headers = {name: value for name, value in response.headers.items() if name.lower() != "content-type"}
    headers.setdefault("cache-control", "no-store")
    if request is not None:
        headers.setdefault("Location", request.url)
    kind = response.headers["Content-Type"]
    if response.body is None:
        return Response(status_code=int(response.status), headers=headers)
    return JSONResponse(response.body, int(response.status), headers=headers, media_type=kind)


def _too_often(wait_s: int, detail: str) -> Response:
    body = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": "429",
        "detail": detail,
    }
    return JSONResponse(body, 429, headers={"retry-after": str(wait_s), "cache-control": "no-store"}, media_type="application/scim+json")


def _address(request: Request) -> str | None:
    return request.client.host if request.client else None
