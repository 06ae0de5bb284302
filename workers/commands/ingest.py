"""`assay ingest`: recordings in, from the machine itself; with or without a server that runs."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from backend.authz.actor import system
from backend.config import Config
from backend.errors import AssayError, InvalidInput, MediaRefused
from backend.infra.queue.arq import ArqQueue
from backend.interactions.ingest import Ingested, Intake, ingest
from backend.interactions.rules import NewInteraction
from workers import children
from workers.commands.accounts import account_named, open_account, slugs
from workers.deps import Deps, opened
from workers.logs import configure
from workers.report import Report, report
from workers.servers import Servers, servers
from workers.waiting import wait_until_ended

LOCAL = "local"
REFUSED = 2
Refused = tuple[str, AssayError]


@dataclass(frozen=True, slots=True)
class Options:
    account: str | None
    wait: bool
    as_json: bool


def run(config: Config, news: Sequence[NewInteraction], options: Options) -> int:
    """Takes the interactions in, one after the other. Returns the exit code: 1 where one failed, 2 where one was not taken in."""
    configure(replace_log_level(config))
    with servers(config, "ingest", lend=True) as found:
        return asyncio.run(_run(config, found, news, options))


def replace_log_level(config: Config) -> Config:
    """Quiet unless asked: the command has its own words."""
    return config if config.log_level != "info" else config.model_copy(update={"log_level": "warning"})


async def _run(config: Config, found: Servers, news: Sequence[NewInteraction], options: Options) -> int:
    async with AsyncExitStack() as stack:
        deps = await stack.enter_async_context(opened(config, found.addresses))
        account_id = await _account(deps, options.account)
        intake = Intake(deps.db, deps.store, deps.keys, deps.sealers, config.max_upload_mb * 2**20)
        taken, refused = await _take(intake, account_id, news)
        if options.wait:
            if found.owned or not await _worker_lives(deps):
                await stack.enter_async_context(children.worker(config, found.addresses, log_to=config.data / "worker.log"))
            await wait_until_ended(deps, account_id, [each.interaction_id for each in taken])
        reports = [await report(deps, account_id, each.interaction_id) for each in taken]
    _print(reports, taken, options, alone=found.owned)
    _print_refused(refused, options)
    if refused:
        return REFUSED
    return 1 if any(each.failed for each in reports) else 0


async def _take(intake: Intake, account_id: int, news: Sequence[NewInteraction]) -> tuple[list[Ingested], list[Refused]]:
    """One that cannot be taken does not keep out those after it. A single one raises what is wrong with it."""
    taken: list[Ingested] = []
    refused: list[Refused] = []
    for new in news:
        try:
            taken.append(await ingest(intake, system(account_id), new))
        except (InvalidInput, MediaRefused) as error:
            if len(news) == 1:
                raise
            refused.append((str(new.parts[0].path), error))
    return taken, refused


def _print_refused(refused: Sequence[Refused], options: Options) -> None:
    for file, error in refused:
        if options.as_json:
            sys.stdout.write(json.dumps({"file": file, "error": {"code": error.code, "message": error.message}}, ensure_ascii=False) + "\n")
        else:
            _say(f"Not taken in: {file}. {error.message}")


async def _worker_lives(deps: Deps) -> bool:
    return isinstance(deps.queue, ArqQueue) and await deps.queue.worker_lives()


async def _account(deps: Deps, slug: str | None) -> int:
    """The named account, else the only one, else `local`; in an empty installation `local` is made and analysis switched on."""
    if slug is not None:
        return await account_named(deps.db, slug)
    known = await slugs(deps.db)
    if not known:
        _say(f"New data folder: made the account {LOCAL!r} with analysis switched on, as you ask for it by this command.")
        return await open_account(deps.db, deps.keys, slug=LOCAL, name="Local", analysis=True)
    chosen = [number for number, name in known if name == LOCAL] or [number for number, _ in known]
    if len(chosen) > 1:
        raise InvalidInput(f"Say which account with --account: {', '.join(name for _, name in known)}.", pointer="/account")
    return chosen[0]


def _print(reports: Sequence[Report], taken: Sequence[Ingested], options: Options, *, alone: bool) -> None:
    for found, each in zip(reports, taken, strict=True):
        if options.as_json:
            sys.stdout.write(json.dumps(found.document | {"created": each.created}, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(found.text + ("" if each.created else " (was there already)") + "\n")
    if alone and not options.wait and any(not found.ended for found in reports):
        _say("It waits for a worker: `assay serve` analyses it; so would --wait.")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
