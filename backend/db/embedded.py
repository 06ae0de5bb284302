"""
PostgreSQL and Valkey inside the data folder, for whoever sets no address of their own.

Both listen on Unix sockets in a folder that only this user may enter, and on no network address.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from pathlib import Path

from backend.db.binaries import postgres_bin, runtime_folder, unprivileged, valkey_server
from backend.errors import ConfigurationError

_ROLES_SQL = """
CREATE ROLE assay_owner LOGIN;
CREATE ROLE assay_app LOGIN;
CREATE ROLE assay_system LOGIN;
GRANT assay_system TO assay_owner;
CREATE DATABASE assay OWNER assay_owner;
"""
_TUNING = (
    "listen_addresses=",
    "jit=off",
    "shared_buffers=256MB",
    "work_mem=32MB",
    "random_page_cost=1.1",
    "max_connections=200",
    "log_min_messages=warning",
)


class EmbeddedPostgres:
    """A cluster in `data/postgres`. Starting one that runs already attaches to it, and stopping it then leaves it running."""

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.folder = data / "postgres"
        self.log = data / "postgres.log"
        self.sockets = runtime_folder(data)
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: str, database: str = "assay") -> str:
        return f"postgresql+asyncpg://{role}@/{database}?host={self.sockets}&port=5432"

    def start(self, timeout_s: float = 60) -> None:
        """Raises ConfigurationError with the server's own last words where it does not come up."""
        if self._ready():
            return
        fresh = not (self.folder / "PG_VERSION").exists()
        if fresh:
            self._initialise()
        self._spawn()
        self._wait(timeout_s)
        if fresh or not (self.folder / "assay.ready").exists():
            self._create_roles()

    def stop(self) -> None:
        """A fast shutdown of a server that this object started."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
            self._process = None

    def _initialise(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        command = [*unprivileged(), str(postgres_bin() / "initdb"), "-D", str(self.folder), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                   "--locale=C.UTF-8", "--locale-provider=builtin", "--no-sync", "--no-instructions"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ConfigurationError(f"The embedded PostgreSQL could not be set up in {self.folder}: {done.stderr.strip()[-400:]}")

    def _spawn(self) -> None:
        options = [
            part
            for option in (*_TUNING, *(() if self._durable else ("fsync=off", "full_page_writes=off", "synchronous_commit=off")))
            for part in ("-c", option)
        ]
        command = [*unprivileged(), str(postgres_bin() / "postgres"), "-D", str(self.folder), "-k", str(self.sockets), *options]
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches the parent alone, which then stops its servers in order.
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)

    def _ready(self) -> bool:
        probe = [str(postgres_bin() / "pg_isready"), "-q", "-h", str(self.sockets), "-p", "5432"]
        return subprocess.run(probe, check=False, capture_output=True).returncode == 0

    def _wait(self, timeout_s: float) -> None:
        until = time.monotonic() + timeout_s
        while not self._ready():
            if time.monotonic() > until or (self._process is not None and self._process.poll() is not None):
                self.stop()
                raise ConfigurationError(f"The embedded PostgreSQL did not start: {last_words(self.log)}")
            time.sleep(0.03)

    def _create_roles(self) -> None:
        for statement in filter(None, (part.strip() for part in _ROLES_SQL.split(";"))):
            self.run_sql(statement, tolerate="already exists")
        (self.folder / "assay.ready").touch()

    def run_sql(self, statement: str, *, database: str = "postgres", tolerate: str | None = None) -> None:
        """Runs one statement as the superuser: roles and databases only, before the application's own roles exist."""
        run_as_superuser(self.sockets, statement, database=database, tolerate=tolerate)


def run_as_superuser(sockets: Path, statement: str, *, database: str, tolerate: str | None) -> None:
    import asyncio

    import asyncpg

    async def execute() -> None:
        connection = await asyncpg.connect(user="postgres", database=database, host=str(sockets), port=5432)
        try:
            await connection.execute(statement)
        except asyncpg.PostgresError as error:
            if tolerate is None or tolerate not in str(error):
                raise
        finally:
            await connection.close()

    asyncio.run(execute())


class EmbeddedValkey:
    """A Valkey in `data/valkey`, with an append-only file: a queue that survives a restart, though the outbox is the truth."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "valkey"
        self.log = data / "valkey.log"
        self.socket = runtime_folder(data) / "valkey.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self, timeout_s: float = 20) -> None:
        if self._ready():
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        command = [str(valkey_server()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--appendonly", "yes",
                   "--appendfsync", "everysec", "--save", "", "--dir", str(self.folder)]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + timeout_s
        while not self._ready():
            if time.monotonic() > until or self._process.poll() is not None:
                self.stop()
                raise ConfigurationError(f"The embedded Valkey did not start: {last_words(self.log)}")
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            self._process = None

    def _ready(self) -> bool:
        import redis

        if not self.socket.exists():
            return False
        client = redis.Redis(unix_socket_path=str(self.socket))
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()


def last_words(log: Path) -> str:
    """The last line of a server's log, which says why it ended."""
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return lines[-1][-300:] if lines else "it said nothing"


__all__ = ["EmbeddedPostgres", "EmbeddedValkey", "last_words"]
