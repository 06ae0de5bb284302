"""
Uploads, streamed to files of their own: a recording is never held in memory, and what reads it gets a path.

The parts follow the GraphQL multipart request convention: `operations`, `map`, then the files.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

MOST_FILES = 4
_SLACK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """`name` is what the client called it; the file at `path` is removed when the request ends."""

    name: str
    path: Path


class TooLarge(Exception):
    """The request is larger than what is taken. `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class _ToDisk(MultiPartParser):
    """Starlette's parser, with its files under names."""

    def __init__(self, headers: Headers, stream: AsyncGenerator[bytes, None], folder: Path) -> None:
        super().__init__(headers, stream, max_files=MOST_FILES, max_fields=2, max_part_size=_SLACK)
        self._folder = folder

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        part = self._current_part
        if part.file is None:
            return
        part.file.file.close()
        handle = cast("Any", tempfile.NamedTemporaryFile(dir=self._folder, prefix="upload-", delete=False))  # noqa: SIM115
        self._files_to_close_on_error[-1] = handle
        part.file = UploadFile(handle, size=0, filename=part.file.filename, headers=part.file.headers)


async def _bounded(stream: AsyncGenerator[bytes, None], limit: int) -> AsyncGenerator[bytes, None]:
    read = 0
    async for chunk in stream:
        read += len(chunk)
        if read > limit:
            raise TooLarge(limit)
        yield chunk


@dataclass
class Form:
    """A request's form. `close` removes its files."""

    folder: tempfile.TemporaryDirectory[str]
    form: dict[str, Any]
    files: dict[str, UploadedFile]

    def close(self) -> None:
        with suppress(OSError):
            self.folder.cleanup()


def _room(folder: Path) -> tempfile.TemporaryDirectory[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=folder, prefix="request-")


async def read_form(headers: Headers, stream: AsyncGenerator[bytes, None], *, folder: Path, limit: int) -> Form:
    """
    Reads a multipart body into files under `folder`. Raises TooLarge beyond `limit` bytes, MultiPartException where it is malformed;
    then nothing is left on disk.
    """
    declared = headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise TooLarge(limit)
    place = _room(folder)
    form = Form(place, {}, {})
    try:
        for name, value in (await _ToDisk(headers, _bounded(stream, limit), Path(place.name)).parse()).multi_items():
            if isinstance(value, UploadFile):
                form.files[name] = UploadedFile(value.filename or name, Path(str(value.file.name)))
                await value.close()
            else:
                form.form[name] = value
    except BaseException:
        form.close()
        raise
    return form


__all__ = ["Form", "MultiPartException", "TooLarge", "UploadedFile", "read_form"]
