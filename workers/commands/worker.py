"""`assay worker` and `assay migrate`: for installations whose servers are somebody else's to start."""

from __future__ import annotations

import asyncio
import os

from backend.config import Config
from workers.logs import configure
from workers.main import work
from workers.parts import Parts, prepare_folder
from workers.servers import servers


def run(config: Config, *, speech: bool = False, parent: int | None = None) -> None:
    """Works until it is told to stop. It starts no servers: it uses those of the settings, or of the owner of the data folder."""
    configure(config)
    prepare_folder(config.data)
    asyncio.run(work(config, Parts(config).addresses(), speech=speech, parent=parent))
    # Threads that compute cannot be interrupted; what they compute is begun again, so the process does not wait for them.
    os._exit(0)


def migrate(config: Config) -> None:
    with servers(config, "migrate", lend=True):
        return
