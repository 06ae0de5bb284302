"""`assay demo`: the sample calls through the real pipeline, before your eyes."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from backend.accounts.service import NewAgent
from backend.analysis.types import Hold
from backend.authz.actor import system
from backend.config import Config
from backend.errors import ConfigurationError
from backend.infra.installation import installation
from backend.interactions import repository
from backend.interactions.ingest import Intake, ingest
from backend.interactions.rules import NewInteraction, Part, TranscriptFile
from workers.commands.demo_account import DemoAccount, demo_account
from workers.commands.demo_screen import Screen
from workers.commands.ingest import replace_log_level
from workers.commands.serve import Manner, serve
from workers.deps import Deps
from workers.waiting import wait_until_ended

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
Document = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What the last line says."""

    interactions: int = 0
    analysed: int = 0
    failed: int = 0
    without_words: int = 0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    def line(self) -> str:
        numbers: Document = {name: getattr(self, name) for name in ("interactions", "analysed", "failed", "without_words")}
        return json.dumps(numbers | {"seconds": round(self.seconds, 1)} | ({"failures": self.failures} if self.failures else {}))


def run(config: Config, *, once: bool, samples: Path = SAMPLES) -> int:
    """Serves until Ctrl-C; with `once` until every sample call has ended. Returns the exit code."""
    described = read_samples(samples)
    outcome = Outcome()

    async def beside(deps: Deps) -> bool:
        await _feed(deps, described, samples, outcome)
        return once

    serve(replace_log_level(config), Manner(worker_log=config.data / "worker.log", beside=beside))
    if once:
        sys.stdout.write(outcome.line() + "\n")
    return 1 if once and (outcome.failed or outcome.analysed < len(described["calls"])) else 0


def read_samples(samples: Path) -> Document:
    try:
        found: Document = json.loads((samples / "manifest.json").read_text())
    except OSError as error:
        raise ConfigurationError(f"The sample calls are not in {samples}: run the demo from a clone of the project.") from error
    return found


async def _feed(deps: Deps, described: Document, samples: Path, outcome: Outcome) -> None:
    began = time.monotonic()
    account = await demo_account(deps, described["demo"])
    screen = Screen(deps.config.address, account)
    screen.welcome(_missing(deps.config))
    ids = {await _take_in(deps, account, samples, call): call for call in described["calls"]}
    with screen.progress({number: f"{call['name']}" for number, call in ids.items()}) as shown:
        states = await wait_until_ended(deps, account.id, list(ids), shown)
    outcome.interactions, outcome.seconds = len(ids), time.monotonic() - began
    outcome.analysed = sum(state == "DONE" for state in states.values())
    outcome.failed = sum(state == "FAILED" for state in states.values())
    await _look(deps, account.id, list(ids), outcome)
    screen.finished(outcome.analysed, outcome.failed, outcome.without_words)


def _missing(config: Config) -> list[str]:
    """What is not installed and how to add it, a sentence each."""
    return [f"{part.name}: {part.missing} → {part.remedy}" for part in installation(config).components if not part.available]


async def _take_in(deps: Deps, account: DemoAccount, samples: Path, call: Document) -> int:
    intake = Intake(deps.db, deps.store, deps.keys, deps.sealers)
    return (await ingest(intake, system(account.id), new_interaction(samples, call))).interaction_id


def new_interaction(samples: Path, call: Document) -> NewInteraction:
    """A call of the manifest as the contact centre would deliver it."""
    agent, transcript = call["agent"], call.get("transcript")
    recording = samples / call["recording"]
    return NewInteraction(
        parts=(Part(recording, recording.name),),
        transcript=TranscriptFile(samples / transcript["file"], Path(transcript["file"]).name) if transcript else None,
        external_id=call["external_id"],
        engagement_external_id=call["engagement"],
        agent=NewAgent(agent["external_id"], agent["email"], agent["name"], agent["team"]),
        consumer=call["consumer"],
        queue=call["queue"],
        channel=call["channel"],
        direction=call["direction"],
        language=call["language"],
        started_at=datetime.fromisoformat(call["started_at"]),
        holds=tuple(Hold(hold["start_ms"], hold["end_ms"]) for hold in call["holds"]),
        consent=call["consent"],
    )


async def _look(deps: Deps, account_id: int, ids: list[int], outcome: Outcome) -> None:
    async with deps.db.reading(account_id) as session:
        for number in ids:
            row = await repository.interaction(session, account_id, number)
            if row is not None:
                outcome.without_words += row.without_words
                outcome.failures += [f"{row.external_id}: {row.failure}"] if row.failure else []
