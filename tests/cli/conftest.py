"""The command line as people run it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL", "REDIS_URL", "OBJECT_STORE_URL", "MASTER_KEY_FILE", "PORT", "ONCE"}


@pytest.fixture(scope="session")
def run():
    """`run("doctor", "--json", DATA="…")`: the finished process."""

    def run(*arguments, timeout=240, stdin=None, **environment):
        clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return subprocess.run(
            [sys.executable, "-m", "workers.cli", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, input=stdin,
            timeout=timeout, check=False, env=clean | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} | environment,
        )  # fmt: skip

    return run
