"""
Workers that kill themselves, once for each marker in a folder: `python -m tests.pipeline.worker_that_dies FOLDER`.

Each life is a process of its own, forked from one that has imported everything and opened nothing; it prints a line for each death.

A marker is a file `<interaction>-<stage>-<before|after>`: before the stage computes, or after it has and before it is saved.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

from backend.config import Config
from backend.infra.embedder.fake import FakeEmbedder
from workers import deps, main
from workers.asr.fake import FakeRecognizer
from workers.diarization.fake import FakeDiarizer
from workers.parts import Parts


def die(marker):
    """Removes the marker first: the next worker lives on."""
    if marker.exists():
        marker.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def deadly(name, stage, folder):
    async def run(work):
        die(folder / f"{work.row.id}-{name}-before")
        save = await stage(work)

        async def save_and_die(session):
            await save(session)
            die(folder / f"{work.row.id}-{name}-after")

        return save_and_die

    return run


def live(folder):
    main.JOBS.update({name: deadly(name, stage, folder) for name, stage in main.JOBS.items()})
    deps.installed_engines = lambda config: deps.Engines(FakeRecognizer(), FakeDiarizer(), FakeEmbedder, threading.Lock())
    config = Config()
    asyncio.run(main.work(config, Parts(config).addresses()))
    os._exit(0)


def lives(folder):
    """One life after the other, until it is killed from outside."""
    while True:
        child = os.fork()
        if child == 0:
            live(folder)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit("the worker ended by itself")
        print(os.WTERMSIG(status), flush=True)


if __name__ == "__main__":
    lives(Path(sys.argv[1]))
