"""A stand-in of a model hub: repositories with revisions, behind the two addresses that pulling uses."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

FIRST = "a" * 40
SECOND = "b" * 40


def blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@dataclass
class StandIn:
    """`repositories[ID][revision][path]` is a file's bytes; `newest[ID]` what `main` means. `.nemo` and `.bin` are large files."""

    repositories: dict[str, dict[str, dict[str, bytes]]] = field(default_factory=dict)
    newest: dict[str, str] = field(default_factory=dict)
    gated: dict[str, str] = field(default_factory=dict)
    served: dict[str, bytes] = field(default_factory=dict)
    """Bytes that are sent for a path in place of the true ones."""
    cut_after: dict[str, int] = field(default_factory=dict)
    """Bytes after which the connection ends, once."""
    elsewhere: str | None = None
    """An address that downloads are sent on to."""
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Path, Range, Authorization of each request."""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        path = unquote(url.path)
        self.asked.append((path, request.headers.get("Range"), request.headers.get("Authorization")))
        if path.startswith("/api/models/"):
            source, _, revision = path.removeprefix("/api/models/").partition("/revision/")
            self._listing(request, source, revision or "main")
        else:
            source, _, rest = path[1:].partition("/resolve/")
            revision, _, name = rest.partition("/")
            self._file(request, source, revision, name)

    def _at(self, source: str, revision: str) -> tuple[str, dict[str, bytes]] | None:
        revision = self.newest.get(source, "") if revision == "main" else revision
        files = self.repositories.get(source, {}).get(revision)
        return None if files is None else (revision, files)

    def _listing(self, request: BaseHTTPRequestHandler, source: str, revision: str) -> None:
        found = self._at(source, revision)
        if found is None:
            return self._send(request, 404, b"{}")
        siblings = [self._entry(name, content) for name, content in found[1].items()]
        document = {"sha": found[0], "siblings": siblings, "gated": self.gated.get(source, False), "cardData": {"license": "cc-by-4.0"}}
        return self._send(request, 200, json.dumps(document).encode())

    def _entry(self, name: str, content: bytes) -> dict[str, object]:
        entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": blob(content)}
        if name.endswith((".nemo", ".bin")):
            entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 130}
        return entry

    def _file(self, request: BaseHTTPRequestHandler, source: str, revision: str, name: str) -> None:
        found = self._at(source, revision)
        if found is None or name not in found[1]:
            return self._send(request, 404, b"")
        if source in self.gated and not request.headers.get("Authorization"):
            return self._send(request, 401, b"")
        if self.elsewhere:
            request.send_response(302)
            request.send_header("Location", self.elsewhere + request.path)
            request.send_header("Content-Length", "0")
            return request.end_headers()
        return self._bytes(request, name, self.served.get(name, found[1][name]))

    def _bytes(self, request: BaseHTTPRequestHandler, name: str, content: bytes) -> None:
        span = request.headers.get("Range")
        first = int(span.removeprefix("bytes=").rstrip("-")) if span else 0
        piece = content[first:]
        request.send_response(206 if span else 200)
        request.send_header("Content-Length", str(len(piece)))
        request.end_headers()
        cut = self.cut_after.pop(name, None)
        request.wfile.write(piece if cut is None else piece[:cut])
        request.close_connection = True

    def _send(self, request: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)


class Serving:
    """A stand-in on a port of its own, for the length of a `with`."""

    def __init__(self, hub: StandIn) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Serving:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
