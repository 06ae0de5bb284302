"""`assay serve`: API, subscriptions, media and pages on one port, a worker beside, and whatever servers they stand on."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from backend.app import PAGES, create_app
from backend.config import Config
from backend.errors import ConfigurationError
from backend.infra.limiter.valkey import ValkeyLimiter
from workers import children
from workers.deps import Deps, opened
from workers.logs import configure
from workers.parts import Addresses
from workers.servers import servers

Beside = Callable[[Deps], Awaitable[bool]]
"""Runs while the server does; True ends it."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever started it: after Ctrl-C there are more things to stop than this server."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass(frozen=True, slots=True)
class Manner:
    """How to serve. `ready` is called once the port answers; `worker_log` takes what the worker says."""

    with_worker: bool = True
    worker_log: Path | None = None
    ready: Callable[[], None] | None = None
    beside: Beside | None = None


def serve(config: Config, manner: Manner) -> None:
    """Runs until Ctrl-C. Raises ConfigurationError with one sentence for a taken port, a full disk, a missing program."""
    configure(config)
    trusted_proxies(config)
    with listening(config.host, config.port) as sockets, servers(config, "serve", lend=False) as parts:
        asyncio.run(_serve(config, parts.addresses, sockets, manner))


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[list[socket.socket]]:
    """The server's socket, taken before anything is started. Raises ConfigurationError where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(1024)
    except OSError as error:
        taken.close()
        raise ConfigurationError(f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with PORT=….") from error
    try:
        yield [taken]
    finally:
        taken.close()


async def _serve(config: Config, addresses: Addresses, sockets: list[socket.socket], manner: Manner) -> None:
    async with AsyncExitStack() as stack:
        deps = await stack.enter_async_context(opened(config, addresses))
        limiter = ValkeyLimiter(addresses.redis)
        stack.push_async_callback(limiter.close)
        app = create_app(config, deps.db, deps.queue, deps.pubsub, deps.store, deps.keys, limiter=limiter, frontend=PAGES)
        # Ours and not uvicorn's, which would print where an error arose and not end with its sentence.
        await stack.enter_async_context(app.router.lifespan_context(app))
        server = _Server(uvicorn_config(config, app))
        _stop_on_signals(server)
        if manner.with_worker:
            await stack.enter_async_context(children.worker(config, addresses, log_to=manner.worker_log))
        await _run(server, sockets, deps, manner)


def uvicorn_config(config: Config, app: Any) -> uvicorn.Config:
    """A caller's address is taken from a header only where a proxy that the settings name has set it: it stands in the audit log."""
    trusted = trusted_proxies(config)
    return uvicorn.Config(
        app, log_level="warning", access_log=False, ws="websockets-sansio", lifespan="off",
        proxy_headers=bool(trusted), forwarded_allow_ips=trusted,
    )  # fmt: skip


def trusted_proxies(config: Config) -> list[str]:
    """Raises ConfigurationError for what is neither an address nor a network."""
    named = [name.strip() for name in config.trusted_proxies.split(",") if name.strip()]
    for name in named:
        try:
            ipaddress.ip_network(name)
        except ValueError as error:
            raise ConfigurationError(
                f"TRUSTED_PROXIES names {name}, which is neither an address nor a network: write 10.0.0.5 or 172.16.0.0/12."
            ) from error
    return named


def _stop_on_signals(server: uvicorn.Server) -> None:
    def stop() -> None:
        # Open event streams would hold the server; the second Ctrl-C does not wait for them.
        server.force_exit = server.should_exit
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


async def _run(server: _Server, sockets: list[socket.socket], deps: Deps, manner: Manner) -> None:
    serving = asyncio.create_task(server.serve(sockets))
    up = asyncio.create_task(server.up.wait())
    await asyncio.wait([serving, up], return_when=asyncio.FIRST_COMPLETED)
    if not server.started:
        await serving
        up.cancel()
        raise ConfigurationError("The server did not start; what it said stands above.")
    if manner.ready is not None:
        manner.ready()
    working = asyncio.create_task(_beside(server, deps, manner.beside)) if manner.beside else None
    await serving
    if working is not None:
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working


async def _beside(server: uvicorn.Server, deps: Deps, beside: Beside) -> None:
    try:
        if await beside(deps):
            server.should_exit = True
    except BaseException:
        server.should_exit = True
        raise


def pages_are_built(folder: Path = PAGES) -> bool:
    return (folder / "index.html").exists()
