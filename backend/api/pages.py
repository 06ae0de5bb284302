"""
The application's pages, as built into `frontend/dist`.

Assets bear their content's hash in their name and never change; every other address is the one page, which asks for what it needs. An
unknown asset is 404 and never the page: a browser would take HTML for a script.
"""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

NONCE = "__CSP_NONCE__"
_IMMUTABLE = "public, max-age=31536000, immutable"
_ENCODINGS = {"br": ".br", "gzip": ".gz"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_UNBUILT = "The pages are not built yet: run `make setup`, or `npm ci && npm run build` in the folder frontend. The API is at /graphql.\n"


def _file(folder: Path, name: str) -> Path | None:
    """A file inside the folder; names that lead out of it, and folders, are none."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _serve(request: Request, path: Path, cache: str) -> Response:
    """The file, or the form of it that was compressed when it was built."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": cache, "vary": "accept-encoding"}
    accepted = {part.partition(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    for encoding, suffix in _ENCODINGS.items():
        packed = path.with_name(path.name + suffix)
        if encoding in accepted and packed.is_file():
            return FileResponse(packed, media_type=kind, headers={**headers, "content-encoding": encoding})
    return FileResponse(path, media_type=kind, headers=headers)


def _page(folder: Path) -> Response:
    index = folder / "index.html"
    if not index.is_file():
        return PlainTextResponse(_UNBUILT, 503, headers={"cache-control": "no-store"})
    nonce = secrets.token_urlsafe(16)
    policy = _POLICY.format(nonce=nonce)
    headers = {"cache-control": "no-store", "content-security-policy": policy}
    return HTMLResponse(index.read_text().replace(NONCE, nonce), headers=headers)


def routes(folder: Path) -> list[Route]:
    """The last routes of the application: they answer everything."""

    def asset(request: Request) -> Response:
        path = _file(folder / "assets", request.path_params["name"])
        if path is None:
            return PlainTextResponse("There is no such asset.\n", 404, headers={"cache-control": "no-store"})
        return _serve(request, path, _IMMUTABLE)

    def anything(request: Request) -> Response:
        name = request.path_params["name"]
        path = _file(folder, name) if name and name != "index.html" else None
        return _serve(request, path, "no-cache") if path else _page(folder)

    async def in_thread_asset(request: Request) -> Response:
        return await asyncio.to_thread(asset, request)

    async def in_thread_anything(request: Request) -> Response:
        return await asyncio.to_thread(anything, request)

    return [Route("/assets/{name:path}", in_thread_asset), Route("/{name:path}", in_thread_anything)]
