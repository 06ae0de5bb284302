"""
A worker that kills itself, once for each marker in a folder: `python -m tests.reanalysis.worker_that_dies FOLDER`.

A marker is a file `<interaction>-<before|after>`: before an interaction is analysed again, or once the result is written and before that
is committed. Each life is a process of its own; it prints a line for each death.
"""

from __future__ import annotations

import sys
from pathlib import Path

from backend.reanalysis import working
from tests.pipeline.worker_that_dies import die, lives
from workers.jobs import reanalyse as job


def deadly(folder: Path) -> None:
    given, keep = job._given, working.keep

    async def given_or_die(deps, row):
        die(folder / f"{row.id}-before")
        return await given(deps, row)

    async def keep_and_die(session, run, interaction_id, outcome):
        await keep(session, run, interaction_id, outcome)
        await session.flush()
        die(folder / f"{interaction_id}-after")

    job._given, working.keep = given_or_die, keep_and_die


if __name__ == "__main__":
    deadly(Path(sys.argv[1]))
    lives(Path(sys.argv[1]))
