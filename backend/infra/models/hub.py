"""
A model hub over HTTP, as far as pulling needs it: which files a revision has, and the bytes of one from an offset on.

Speaks the hub's public interface: `/api/models/ID[/revision/REV]?blobs=true` and `/ID/resolve/REV/PATH`. A token goes to the hub's own
host alone, never to the host that it sends downloads to, and stands in no message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import PurePosixPath
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from backend.errors import ConfigurationError, InvalidInput

_PATIENCE_S = 30
_MOST_BYTES = 20_000_000
"""Of an answer that lists files."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """`sha256` is told of large files; of small ones their git blob id."""

    path: str
    size: int | None
    sha256: str | None
    blob: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A repository at one commit."""

    revision: str
    licence: str | None
    gated: bool
    files: tuple[HubFile, ...]


class Cut(Exception):
    """The connection ended before its time; going on from there is worth a try."""


class Hub:
    def __init__(self, url: str, token: str = "") -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ConfigurationError("MODEL_HUB_URL must be an http or https address, e.g. https://huggingface.co.")
        self.url = url.rstrip("/")
        self._token = token
        self._opener: OpenerDirector = build_opener(_Redirects(f"{parts.scheme}://{parts.netloc}", token))

    def snapshot(self, source: str, revision: str | None) -> Snapshot:
        """What a revision holds; None: the newest. Raises InvalidInput where there is no such model or revision."""
        at = f"/revision/{quote(revision, safe='')}" if revision else ""
        with self._open(f"/api/models/{quote(source)}{at}?blobs=true", source, revision) as answer:
            text = answer.read(_MOST_BYTES)
        try:
            return _snapshot(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(f"{self.url} answered what is no list of files: it may not be a model hub.") from error

    def open(self, source: str, revision: str, path: str, offset: int) -> HTTPResponse:
        """The bytes of a file from `offset` on; status 200 where the hub sends all of it instead. Raises Cut."""
        return self._open(f"/{quote(source)}/resolve/{quote(revision, safe='')}/{quote(path)}", source, revision, offset)

    def _open(self, path: str, source: str, revision: str | None, offset: int = 0) -> HTTPResponse:
        request = Request(self.url + path, headers={"User-Agent": "assay", "Accept-Encoding": "identity"})  # noqa: S310
        if self._token:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        if offset:
            request.add_header("Range", f"bytes={offset}-")
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=_PATIENCE_S)
        except HTTPError as error:
            with error:
                raise self._refusal(error.code, source, revision) from None
        except (URLError, HTTPException, OSError) as error:
            raise Cut(str(getattr(error, "reason", error))) from None
        return answer

    def _refusal(self, status: int, source: str, revision: str | None) -> Exception:
        if status in (401, 403):
            return ConfigurationError(
                f"{self.url} does not hand out {source} (status {status}). Accept its terms at {self.url}/{source}, and set HF_TOKEN to a"
                " token of that person."
            )
        if status == 404:
            return InvalidInput(
                f"{self.url} has no {source}" + (f" at this revision: {revision}." if revision else "."),
                pointer="--revision" if revision else "MODEL", value=revision or source,
            )  # fmt: skip
        if status == 416 or status >= 500 or status == 429:
            return Cut(f"status {status}")
        return ConfigurationError(f"{self.url} answered with status {status}.")


class _Redirects(HTTPRedirectHandler):
    """Follows to http and https alone; the token goes on only to the hub's own host."""

    def __init__(self, origin: str, token: str) -> None:
        self._origin = origin
        self._token = token

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        to = urlsplit(newurl)
        if request is not None and self._token and f"{to.scheme}://{to.netloc}" == self._origin:
            request.add_unredirected_header("Authorization", f"Bearer {self._token}")
        return request


def _snapshot(document: dict[str, Any]) -> Snapshot:
    card = document.get("cardData") or {}
    licence = card.get("license_name") or card.get("license")
    return Snapshot(
        str(document["sha"]), str(licence) if licence else None, bool(document.get("gated")),
        tuple(_file(each) for each in document["siblings"]),
    )  # fmt: skip


def _file(entry: dict[str, Any]) -> HubFile:
    path = PurePosixPath(entry["rfilename"])
    if path.is_absolute() or ".." in path.parts or "\\" in str(path):
        raise ConfigurationError(f"The hub names a file outside the model's folder: {path}. Nothing was fetched.")
    large = entry.get("lfs") or {}
    return HubFile(str(path), large.get("size", entry.get("size")), large.get("sha256"), entry.get("blobId"))
