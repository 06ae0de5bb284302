"""The GraphQL endpoint: POST for queries and mutations, a socket for subscriptions, both behind the session cookie or a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.file_uploads.utils import replace_placeholders_with_files
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from backend.api.authenticate import context_of
from backend.api.schema import schema
from backend.api.sockets import TOO_OFTEN, Handler
from backend.authz.actions import Action
from backend.errors import TooManyRefused
from backend.graphql.context import Context
from backend.graphql.services import Services
from backend.graphql.uploads import MOST_FILES, Form, MultiPartException, TooLarge, read_form
from backend.identity.cookies import cookie_name, own_origin, refuse_unsafe
from backend.identity.tokens.rules import bearer_token

_MIB = 1024 * 1024
LARGEST_QUERY = _MIB


def refusal(status: int, code: str, message: str, **more: object) -> Response:
    """An answer outside of GraphQL, in its shape."""
    return JSONResponse({"data": None, "errors": [{"message": message, "extensions": {"code": code, **more}}]}, status)


class Endpoint(GraphQL[Context, None]):
    graphql_transport_ws_handler_class = Handler

    def __init__(self, services: Services) -> None:
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=10),
            multipart_uploads_enabled=True,
            max_subscriptions_per_connection=50,
        )
        self.services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._serve_socket(WebSocket(scope, receive=receive, send=send))
        else:
            await self._serve_post(Request(scope, receive=receive), scope, receive, send)

    async def _serve_socket(self, socket: WebSocket) -> None:
        if own_origin(socket.headers, self.services.config) is False:
            await self.reject_websocket(socket)
            return
        try:
            await self.run(socket)
        except TooManyRefused as error:
            # A token in the header is looked at once the socket stands, so that it can say why it ends.
            await socket.close(TOO_OFTEN, error.message)

    async def _serve_post(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = self._refused(request) or await self.run(request)
        except TooManyRefused as error:
            response = refusal(429, error.code, error.message, retryAfterS=error.retry_after_s)
            response.headers["retry-after"] = str(error.retry_after_s)
        except HTTPException as error:
            response = refusal(error.status_code, "unauthenticated" if error.status_code == 401 else "bad_request", error.reason)
        except MultiPartException as error:
            response = refusal(400, "bad_request", f"The upload is malformed: {error.message}")
        except ClientDisconnect:
            return  # nobody is there to answer, and nothing was begun
        except TooLarge as error:
            response = refusal(413, "too_large", f"This is larger than the {error.limit / _MIB:,.0f} MiB that are taken.")
        finally:
            form: Form | None = getattr(request.state, "form", None)
            if form is not None:
                form.close()
        response.headers["cache-control"] = "no-store"
        if response.status_code == 401:
            response.headers["www-authenticate"] = "Bearer"
        await response(scope, receive, send)

    def _refused(self, request: Request) -> Response | None:
        if request.method != "POST":
            return refusal(405, "bad_request", "GraphQL takes POST requests, and sockets for subscriptions.")
        # No browser adds a token by itself, as it does a cookie: there is nothing to forge.
        if bearer_token(request.headers.get("authorization")) is None:
            with_cookie = cookie_name(self.services.config) in request.cookies
            reason = refuse_unsafe(request.headers, self.services.config, with_cookie=with_cookie)
            if reason is not None:
                return refusal(403, "forbidden", reason)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in {"application/json", "multipart/form-data"}:
            return refusal(415, "bad_request", "Send application/json, or multipart/form-data with files.")
        return None

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        context = await context_of(self.services, request, response if isinstance(response, Response) else None)
        if context.caller.bearer and context.actor is None and isinstance(request, Request):
            raise HTTPException(401, "This token does not count: it is unknown, revoked, expired, or not made for this API.")
        request.state.context = context
        return context

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> Any:
        """A query is bounded while it is read; an upload has its own bound."""
        inner: Request = request._request  # type: ignore[attr-defined]
        if inner.headers.get("content-type", "").startswith("application/json"):
            inner._body = await _bounded_body(inner)
        return await super().parse_http_body(request)

    async def parse_multipart(self, request: AsyncHTTPRequestAdapter) -> dict[str, str]:
        """Only those who may take interactions in may send more than a query's worth."""
        inner: Request = request._request  # type: ignore[attr-defined]
        actor, config = inner.state.context.actor, self.services.config
        large = actor is not None and actor.scope(Action.INTERACTION_INGEST) is not None
        limit = MOST_FILES * config.max_upload_mb * _MIB if large else LARGEST_QUERY
        form = await read_form(inner.headers, inner.stream(), folder=config.data / "uploads", limit=limit)
        inner.state.form = form
        operations, places = (self.parse_json(form.form.get(name, "{}")) for name in ("operations", "map"))
        try:
            merged: dict[str, str] = replace_placeholders_with_files(operations, places, form.files)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise HTTPException(400, "The upload's map names a file or a variable that is not there.") from error
        return merged


async def _bounded_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_QUERY:
            raise TooLarge(LARGEST_QUERY)
    return bytes(body)
