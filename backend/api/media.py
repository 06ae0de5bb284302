"""Recordings and their waveforms: decrypted while they are sent, to whoever may hear the interaction, and kept by no cache."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator

from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from backend.api.authenticate import context_of
from backend.audit import service as audit
from backend.authz.actions import Action
from backend.errors import TooManyRefused
from backend.graphql.context import Context
from backend.graphql.ids import local_id
from backend.graphql.services import Services
from backend.interactions.tables import Interaction
from backend.interactions.visibility import visible_to
from backend.media.ranges import RangeNotSatisfiable, Span, parse_range
from backend.media.tables import Recording
from backend.media.vault import Vault

_PRIVATE = {"cache-control": "private, no-store", "vary": "cookie, authorization", "accept-ranges": "bytes"}
_PEAKS = "application/octet-stream"


def _say(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(sentence + "\n", status, headers={**_PRIVATE, **(headers or {})})


async def _recording(context: Context, number: int | None) -> Recording | None:
    """The recording of an interaction that the viewer may hear. A foreign, a missing and a malformed id are the same."""
    if context.actor is None or number is None:
        return None
    same = (col(Recording.account_id) == col(Interaction.account_id)) & (col(Recording.id) == col(Interaction.recording_id))
    query = select(Recording).join(Interaction, same).where(visible_to(context.actor, Action.RECORDING_PLAY), col(Interaction.id) == number)
    async with context.read() as session:
        found = (await session.execute(query)).scalars().first()
    await context.renew()
    return found


async def _note(context: Context, number: int | None) -> None:
    viewer = context.viewer
    async with context.services.database.writing(viewer.account_id) as session:
        audit.record(session, viewer, "media.open", "Interaction", number, address=context.caller.address)


def routes(services: Services) -> list[Route]:
    vault = Vault(services.object_store, services.keys)

    async def send(request: Request, context: Context, row: Recording, object_key: str, kind: str) -> Response:
        size = await vault.size(object_key)
        etag = f'"{hashlib.sha256(object_key.encode()).hexdigest()[:24]}-{size}"'
        # A range of another body than the client has would be spliced into it.
        wanted = request.headers.get("range") if request.headers.get("if-range", etag) == etag else None
        try:
            span = parse_range(wanted, size)
        except RangeNotSatisfiable:
            return _say(416, "The recording has no such bytes.", {"content-range": f"bytes */{size}"})
        part = span or Span(0, size)
        headers = {**_PRIVATE, "etag": etag, "content-length": str(part.end - part.start), "content-disposition": "inline"}
        if span:
            headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{size}"
        key = await vault.open_key(row.account_id, row.wrapped_key)
        if part.start == 0 and request.method == "GET":
            await _note(context, local_id("Interaction", request.path_params["id"]))
        body: AsyncIterator[bytes] = vault.read(key, object_key, part.start, part.end) if request.method == "GET" else _nothing()
        return StreamingResponse(body, 206 if span else 200, media_type=kind, headers=headers)

    async def serve(request: Request) -> Response:
        try:
            context = await context_of(services, request)
        except TooManyRefused as error:
            return _say(429, error.message, {"retry-after": str(error.retry_after_s)})
        if context.actor is None:
            return _say(401, "Sign in first.")
        row = await _recording(context, local_id("Interaction", request.path_params["id"]))
        peaks = request.url.path.endswith("/peaks")
        object_key, kind = (row.peaks_key, _PEAKS) if row and peaks else (row.playable_key, row.playable_mime) if row else (None, None)
        if row is None or object_key is None or kind is None:
            return _say(404, "There is no such recording, or you may not hear it.")
        try:
            return await send(request, context, row, object_key, kind)
        except FileNotFoundError:
            return _say(404, "The recording is no longer there.")

    return [Route("/media/{id}", serve), Route("/media/{id}/peaks", serve)]


async def _nothing() -> AsyncIterator[bytes]:
    """The body of an answer to HEAD."""
    return
    yield b""
