"""The servers that an installation stands on: those of the settings, else embedded ones in the data folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from backend.config import Config
from backend.db.embedded import EmbeddedPostgres, EmbeddedValkey
from backend.errors import ConfigurationError

_LAST_S = 20
LEAST_FREE = 300 * 1024 * 1024
"""Bytes. Below this the embedded database would soon stop in the middle of a write."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts are. `owner` is empty where this process is not to migrate."""

    app: str
    system: str
    owner: str
    redis: str

    def environment(self) -> dict[str, str]:
        """For child processes: the parts by their settings."""
        named = {"DATABASE_URL": self.app, "DATABASE_SYSTEM_URL": self.system, "DATABASE_OWNER_URL": self.owner, "REDIS_URL": self.redis}
        return {name: value for name, value in named.items() if value}


class Parts:
    """Starts what has no address of its own, and stops what it started."""

    def __init__(self, config: Config) -> None:
        self._postgres = None if config.database_url else EmbeddedPostgres(config.data)
        self._valkey = None if config.redis_url else EmbeddedValkey(config.data)
        self._config = config

    @property
    def embedded(self) -> bool:
        return self._postgres is not None or self._valkey is not None

    def start(self) -> Addresses:
        """Raises ConfigurationError with one sentence where a part does not start."""
        try:
            for part in (self._postgres, self._valkey):
                if part is not None:
                    part.start()
        except FileNotFoundError as error:
            self.stop()
            raise ConfigurationError(f"The program {error.filename} is missing: install it, or set DATABASE_URL and REDIS_URL.") from error
        except BaseException:
            self.stop()
            raise
        return self.addresses()

    def addresses(self) -> Addresses:
        config, postgres = self._config, self._postgres
        if postgres is not None:
            app, system, owner = (postgres.url(role) for role in ("assay_app", "assay_system", "assay_owner"))
        else:
            app, owner = config.database_url, config.database_owner_url
            system = config.database_system_url
            if not system:
                raise ConfigurationError("DATABASE_URL is set, DATABASE_SYSTEM_URL is not: workers read the outbox as assay_system.")
        return Addresses(app, system, owner, config.redis_url if self._valkey is None else self._valkey.url)

    def stop(self) -> None:
        """Stops them, also those that a killed owner of the folder left running: whoever owns it now answers for them."""
        if self._valkey is not None:
            self._valkey.stop()
            _end_valkey(self._valkey.socket)
        if self._postgres is not None:
            self._postgres.stop()
            _end_postgres(self._postgres.folder)


def _end_valkey(socket: Path) -> None:
    if socket.exists():
        import redis

        client = redis.Redis(unix_socket_path=str(socket))
        with contextlib.suppress(redis.RedisError):
            client.shutdown()
        client.close()


def _end_postgres(folder: Path) -> None:
    pid_file = folder / "postmaster.pid"
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int(pid_file.read_text().split()[0])
        # The number may have gone to another program since.
        if str(folder) in Path(f"/proc/{pid}/cmdline").read_text():
            os.kill(pid, signal.SIGINT)
            until = time.monotonic() + _LAST_S
            while pid_file.exists() and time.monotonic() < until:
                time.sleep(0.05)


def prepare_folder(data: Path) -> None:
    """Makes the data folder. Raises ConfigurationError where it cannot be made, or the disk is full."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise ConfigurationError(f"The data folder {data} cannot be made: {error.strerror}. Choose another with DATA=….") from error
    if not os.access(data, os.W_OK):
        raise ConfigurationError(f"The data folder {data} is not writable for you. Choose another with DATA=….")
    if free < LEAST_FREE:
        raise ConfigurationError(
            f"The disk of {data} is full: {free // 2**20} MB are free, {LEAST_FREE // 2**20} MB are needed. Free some, or choose DATA=…."
        )
