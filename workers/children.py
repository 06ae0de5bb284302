"""Child processes of `assay`, and their end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from backend.config import Config
from workers.parts import Addresses

_PATIENCE_S = 10
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
log = logging.getLogger(__name__)


@asynccontextmanager
async def worker(config: Config, addresses: Addresses, *, log_to: Path | None = None) -> AsyncIterator[None]:
    """Keeps one worker running while the block does; one that ends by itself is started again. `log_to` takes what it says."""
    keeping = asyncio.create_task(_keep(config, addresses, log_to))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep(config: Config, addresses: Addresses, log_to: Path | None) -> None:
    pause = _FIRST_PAUSE_S
    while True:
        process = await spawn_worker(config, addresses, log_to)
        try:
            code = await process.wait()
        except asyncio.CancelledError:
            await stop(process)
            raise
        log.error("the worker ended by itself (%d); starting another in %g s", code, pause)
        await asyncio.sleep(pause)
        pause = min(_LONGEST_PAUSE_S, pause * 2)


async def spawn_worker(config: Config, addresses: Addresses, log_to: Path | None = None) -> asyncio.subprocess.Process:
    """A worker in a session of its own: Ctrl-C reaches the parent alone, which ends its children in order."""
    settings = {"ASSAY_DATA": str(config.data), "LOG_LEVEL": config.log_level}
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with log_to.open("ab") if log_to else nullcontext(None) as output:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "workers.cli", "worker", "--parent", str(os.getpid()),
            env=one_thread | dict(os.environ) | addresses.environment() | settings,
            stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip


async def stop(process: asyncio.subprocess.Process) -> None:
    """Asks, waits, and kills what does not listen: a killed stage is begun again later."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(asyncio.shield(process.wait()), _PATIENCE_S)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
