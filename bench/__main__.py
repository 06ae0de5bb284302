"""
Figures of the program beside baselines, measured in the same run.

    python -m bench [--json] [name…]     names: matching, activity, long, sealing, listing, graphql, search, scim, saml; none: all
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from backend.db.embedded import EmbeddedPostgres
from bench import activity, database, graphql, listing, long, matching, saml, scim, sealing, search
from bench.measure import Figure
from tests.database import start_cluster

ON_FILES: dict[str, Callable[[Path], list[Figure]]] = {
    "matching": lambda folder: matching.figures(),
    "activity": activity.figures,
    "long": long.figures,
    "sealing": sealing.figures,
}
ON_DATABASE: dict[str, Callable[[database.Ground], Awaitable[list[Figure]]]] = {
    "listing": listing.figures,
    "graphql": graphql.figures,
    "search": search.figures,
}
ON_ACCOUNT: dict[str, Callable[[database.Ground], Awaitable[list[Figure]]]] = {"scim": scim.figures, "saml": saml.figures}
Measured = Iterator[tuple[str, list[Figure]]]


def main() -> None:
    names = [*ON_FILES, *ON_DATABASE, *ON_ACCOUNT]
    parser = argparse.ArgumentParser(prog="python -m bench", description="Figures of the program beside baselines.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"some of: {', '.join(names)}; none: all")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    unknown = sorted(set(given.names) - set(names))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; choose from {', '.join(names)}")
    # Whoever stops the run stops its database too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        found = dict(measure([name for name in names if name in (given.names or names)], Path(folder)))
    (print_json if given.json else print_table)(found, time.monotonic() - start)


def measure(names: list[str], folder: Path) -> Measured:
    for name in names:
        if name in ON_FILES:
            _say(name)
            yield name, ON_FILES[name](folder)
    for areas, filled in ((ON_DATABASE, True), (ON_ACCOUNT, False)):
        stored = [name for name in names if name in areas]
        if stored:
            yield from _on_database(stored, folder / f"filled-{filled}", filled=filled)


def _on_database(names: list[str], folder: Path, *, filled: bool) -> Measured:
    if filled:
        _say(f"loading {database.INTERACTIONS} interactions")
    server = EmbeddedPostgres(folder, durable=False)

    async def run() -> list[tuple[str, list[Figure]]]:
        async with database.ground(cluster, name, filled=filled) as ground:
            return [(each, await _one(each, ground)) for each in names]

    try:
        cluster = start_cluster(server)
        name = cluster.clone()
        yield from asyncio.run(run())
    finally:
        server.stop()


async def _one(name: str, ground: database.Ground) -> list[Figure]:
    _say(name)
    return await (ON_DATABASE | ON_ACCOUNT)[name](ground)


def _say(what: str) -> None:
    print(f"measuring: {what}", file=sys.stderr, flush=True)


def machine() -> str:
    return f"{os.cpu_count()} cores ({platform.machine()}), load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"


def print_table(found: dict[str, list[Figure]], seconds: float) -> None:
    rows = [
        (name, figure.what, _number(figure.value), figure.unit, figure.baseline, _number(figure.other), f"{figure.ratio:.3g}")
        for name, figures in found.items()
        for figure in figures
    ]
    table = [("area", "what", "figure", "unit", "baseline", "baseline's", "times as good"), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(7)]
    for row in table:
        cells = (
            cell.rjust(width) if column in (2, 5, 6) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells).rstrip())
    print(f"\nCPU time of client and server, the least of several runs. {machine()}; {seconds:.0f} s in all.")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def print_json(found: dict[str, list[Figure]], seconds: float) -> None:
    areas = {name: [asdict(figure) | {"ratio": figure.ratio} for figure in figures] for name, figures in found.items()}
    print(json.dumps({"machine": machine(), "seconds": round(seconds, 1), "areas": areas}, indent=2))


if __name__ == "__main__":
    main()
