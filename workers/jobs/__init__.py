"""The stages: load → call → save. Each may be begun more than once, and is saved once."""

from __future__ import annotations

from workers.jobs.activity import activity
from workers.jobs.analyse import analyse
from workers.jobs.decode import decode
from workers.jobs.index import index
from workers.jobs.transcribe import transcribe
from workers.runner import Stage

STAGES: dict[str, Stage] = {"decode": decode, "activity": activity, "transcribe": transcribe, "analyse": analyse, "index": index}

__all__ = ["STAGES"]
