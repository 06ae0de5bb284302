"""Where a model's files come from: a hub, another installation's models folder, or a folder with the published files."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Protocol

from backend.errors import ConfigurationError, InvalidInput
from backend.infra.models import lock
from backend.infra.models.catalogue import Model
from backend.infra.models.hub import Cut, Hub, HubFile, Snapshot

Tell = Callable[[str, int, int], None]
"""Told the file, the bytes that have come and the bytes in all."""
_PIECE = 2**20
_TRIES = 4
PAUSE_S = 1.0


class Origin(Protocol):
    @property
    def revision(self) -> str | None: ...
    @property
    def licence(self) -> str: ...
    @property
    def gated(self) -> bool: ...
    @property
    def files(self) -> tuple[HubFile, ...]: ...
    def fetch(self, file: HubFile, target: Path, tell: Tell) -> None:
        """Writes the file to `target`, going on from what is there. Raises ConfigurationError."""
        ...


class FromHub:
    def __init__(self, hub: Hub, model: Model, revision: str | None) -> None:
        try:
            snapshot: Snapshot = hub.snapshot(model.source, revision)
        except Cut as cut:
            raise ConfigurationError(
                f"{hub.url} cannot be reached ({cut}). On a machine without internet use --from FOLDER;"
                " another hub is set by MODEL_HUB_URL."
            ) from None
        self._hub, self._model = hub, model
        self.revision: str = snapshot.revision
        self.licence = snapshot.licence or model.terms
        self.gated = snapshot.gated
        chosen = set(model.choose([each.path for each in snapshot.files]))
        self.files = tuple(each for each in snapshot.files if each.path in chosen)

    def fetch(self, file: HubFile, target: Path, tell: Tell) -> None:
        reason = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(PAUSE_S * 2 ** (attempt - 1))
            try:
                self._go_on(file, target, tell)
            except Cut as cut:
                reason = str(cut)
            else:
                return
        have = target.stat().st_size if target.exists() else 0
        raise ConfigurationError(
            f"The connection to {self._hub.url} broke ({reason}): {have:,} of {file.size or 0:,} bytes of {file.path}"
            " have come and are kept. Run the command again to go on."
        )

    def _go_on(self, file: HubFile, target: Path, tell: Tell) -> None:
        have = target.stat().st_size if target.exists() else 0
        if have and (file.size is None or have > file.size):
            target.unlink()
            have = 0
        if file.size is not None and have == file.size and target.exists():
            return
        with self._hub.open(self._model.source, self.revision, file.path, have) as answer:
            resumed = answer.status == 206 and have > 0
            whole = file.size or have * resumed + int(answer.headers.get("Content-Length") or 0)
            with target.open("ab" if resumed else "wb") as out:
                come = have if resumed else 0
                while piece := _read(answer):
                    out.write(piece)
                    come += len(piece)
                    tell(file.path, come, whole)
        if come < whole:
            raise Cut(f"{come:,} of {whole:,} bytes")


def _read(answer: HTTPResponse) -> bytes:
    try:
        return answer.read(_PIECE)
    except (HTTPException, OSError) as error:
        raise Cut(type(error).__name__) from None


class FromFolder:
    """`revision` is what the operator says it is, or what the lock file in the folder says."""

    def __init__(self, folder: Path, model: Model, revision: str | None) -> None:
        known = lock.read(folder).get(model.name)
        self._base = lock.home(folder, model.name) if known else folder
        self.gated = False
        self.licence = known.licence if known else model.terms
        self.revision = known.revision if known else revision
        if known and revision and revision != known.revision:
            raise InvalidInput(f"{folder} holds the revision {known.revision}.", pointer="--revision", value=revision)
        if known:
            self.files = tuple(HubFile(each.path, each.size, each.sha256, None) for each in known.files)
            return
        published = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
        self.files = tuple(HubFile(path, (folder / path).stat().st_size, None, None) for path in model.choose(published))

    def fetch(self, file: HubFile, target: Path, tell: Tell) -> None:
        try:
            shutil.copyfile(self._base / file.path, target)
        except FileNotFoundError:
            raise ConfigurationError(f"{self._base / file.path} is missing.") from None
        size = target.stat().st_size
        tell(file.path, size, size)
