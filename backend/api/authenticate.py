"""From a request's cookie to the one who asks."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from backend.graphql.context import Caller, Context
from backend.graphql.services import Services
from backend.identity import service as identity
from backend.identity.cookies import cookie_name


async def context_of(services: Services, connection: HTTPConnection, response: Response | None = None) -> Context:
    """The context of a request or a socket; `actor` is None where no live session stands behind it."""
    token = connection.cookies.get(cookie_name(services.config))
    signed_in = await identity.resolve(services.database, token, identity.lifetime(services.config)) if token else None
    caller = Caller(
        address=connection.client.host if connection.client else None,
        user_agent=connection.headers.get("user-agent"),
        token=token,
        session_id=signed_in.session_id if signed_in else None,
        expires_at=signed_in.expires_at if signed_in else None,
    )
    return Context(services, signed_in.actor if signed_in else None, caller, response)
