"""
Who owns the servers of a data folder. One process starts and stops them; others, such as an `assay ingest` beside a running `assay serve`,
are its guests.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.config import Config
from backend.db.migrate import migrate_now
from backend.errors import ConfigurationError
from workers.parts import Addresses, Parts, prepare_folder

_START_S = 90


@dataclass(frozen=True, slots=True)
class Servers:
    """`owned`: this process started them, so no worker of somebody else's is at work on them."""

    addresses: Addresses
    owned: bool


@contextmanager
def servers(config: Config, command: str, *, lend: bool) -> Iterator[Servers]:
    """
    The parts of the installation, started and migrated. With `lend`, a running owner's are used and guests are waited for at the end;
    without, raises FolderInUse where there is an owner.
    """
    prepare_folder(config.data)
    parts = Parts(config)
    if not parts.embedded:
        yield Servers(_migrated(parts.addresses()), owned=False)
        return
    try:
        with owning(config.data, command=command, address=config.address if command == "serve" else "") as claim:
            try:
                addresses = _migrated(parts.start())
                claim.ready()
                yield Servers(addresses, owned=True)
                if lend:
                    wait_for_guests(config.data)
            finally:
                parts.stop()
    except FolderInUse:
        if not lend:
            raise
        with visiting(config.data):
            _wait_until_ready(config.data)
            yield Servers(parts.addresses(), owned=False)


def _migrated(addresses: Addresses) -> Addresses:
    if addresses.owner:
        migrate_now(addresses.owner)
    return addresses


def _wait_until_ready(data: Path) -> None:
    until = time.monotonic() + _START_S
    while not _holder(data / "owner.lock").get("ready"):
        if time.monotonic() > until:
            raise ConfigurationError(f"The process that uses {data} did not get ready in {_START_S} s: look at what it says.")
        time.sleep(0.1)


class FolderInUse(ConfigurationError):
    """Another process has the data folder; `holder` is what it said of itself."""

    def __init__(self, data: Path, holder: dict[str, Any]) -> None:
        where = f" at {holder['address']}" if holder.get("address") else ""
        super().__init__(
            f"{data} is in use by `assay {holder.get('command', '?')}`{where} (process {holder.get('pid', '?')}): stop it first."
        )
        self.holder = holder


class Claim:
    """The owner's entry in the lock file, for others to read."""

    def __init__(self, descriptor: int, **facts: Any) -> None:
        self._descriptor, self._facts = descriptor, facts
        self._write()

    def ready(self) -> None:
        """Says that the servers are up and migrated."""
        self._facts["ready"] = True
        self._write()

    def _write(self) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(self._facts).encode(), 0)


@contextmanager
def owning(data: Path, *, command: str, address: str = "") -> Iterator[Claim]:
    """
    Owns the data folder's servers while the block runs. Raises FolderInUse where another process does.

    The kernel lets go of the lock with the process, so a killed owner leaves nothing that must be cleaned up by hand.
    """
    path = data / "owner.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(data, _holder(path)) from None
        yield Claim(descriptor, pid=os.getpid(), command=command, address=address)
    finally:
        os.close(descriptor)


@contextmanager
def visiting(data: Path) -> Iterator[None]:
    """Says that this process uses the servers of another, who is asked to wait for it."""
    descriptor = os.open(data / "guests.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def wait_for_guests(data: Path) -> None:
    """Returns when no other process uses this one's servers any more."""
    descriptor = os.open(data / "guests.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _holder(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found
