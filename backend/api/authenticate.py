"""From a request's token or cookie to the one who asks."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from backend.graphql.context import Caller, Context
from backend.graphql.services import Services
from backend.identity import service as identity
from backend.identity.cookies import cookie_name, own_origin
from backend.identity.tokens.admission import admitted
from backend.identity.tokens.rules import Audience, bearer_token


async def context_of(services: Services, connection: HTTPConnection, response: Response | None = None) -> Context:
    """
    The context of a request or a socket; `actor` is None where neither a live token nor a live session stands behind it. A request that
    shows a token is that token's alone: a cookie beside it is not looked at, and none is set. Raises TooManyRefused.
    """
    bearer = bearer_token(connection.headers.get("authorization"))
    if bearer is not None:
        return await bearer_context(services, bearer, address=_address(connection), user_agent=connection.headers.get("user-agent"))
    token = connection.cookies.get(cookie_name(services.config)) if _may_use_cookie(services, connection) else None
    signed_in = await identity.resolve(services.database, token, identity.lifetime(services.config)) if token else None
    caller = Caller(
        address=_address(connection),
        user_agent=connection.headers.get("user-agent"),
        token=token,
        session_id=signed_in.session_id if signed_in else None,
        expires_at=signed_in.expires_at if signed_in else None,
    )
    return Context(services, signed_in.actor if signed_in else None, caller, response)


async def bearer_context(services: Services, token: str, *, address: str | None, user_agent: str | None) -> Context:
    """
    The context of a program that shows a token; `actor` is None where the token does not count. Raises TooManyRefused where too many from
    its address did not.
    """
    found = await admitted(services.database, services.sealers, services.limiter, token, Audience.API, address)
    caller = Caller(address=address, user_agent=user_agent, expires_at=found.expires_at if found else None, bearer=True)
    return Context(services, found.actor if found else None, caller)


def _may_use_cookie(services: Services, connection: HTTPConnection) -> bool:
    """A socket is opened by a GET, which browsers send with cookies from any page: only our own pages' cookies count there."""
    return connection.scope["type"] != "websocket" or own_origin(connection.headers, services.config) is True


def _address(connection: HTTPConnection) -> str | None:
    return connection.client.host if connection.client else None
