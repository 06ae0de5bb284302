"""`assay doctor`: what is there, what is not, and how to get it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import Any

from backend.config import Config
from backend.db.binaries import postgres_bin, valkey_server
from backend.db.notices import REMEDY
from backend.errors import AssayError
from backend.infra.installation import Component, installation
from workers.commands.doctor_probe import hears, reach
from workers.commands.serve import pages_are_built


@dataclass(frozen=True, slots=True)
class Check:
    """`needed`: without it Assay does not run, so the exit code is 1."""

    name: str
    well: bool
    says: str
    remedy: str | None = None
    needed: bool = True


def run(config: Config, *, as_json: bool) -> int:
    """Prints what it found. 1 where something needed is missing."""
    checks = [_python(), _data(config), *_servers(config), _pages(), *map(_component, installation(config).components)]
    if as_json:
        sys.stdout.write(json.dumps(_document(config, checks), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_line(check) for check in checks) + "\n")
    return 0 if all(check.well or not check.needed for check in checks) else 1


def _document(config: Config, checks: list[Check]) -> dict[str, Any]:
    found = installation(config)
    return {
        "version": found.version, "analyzer_version": found.analyzer_version, "data": str(config.data.resolve()),
        "models": str(config.models_folder.resolve()), "checks": [asdict(check) for check in checks],
    }  # fmt: skip


def _line(check: Check) -> str:
    sign = "ok     " if check.well else "MISSING" if check.needed else "absent "
    return f"{sign} {check.name}: {check.says}" + (f"\n        → {check.remedy}" if check.remedy and not check.well else "")


def _python() -> Check:
    return Check("Python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])), "install Python 3.11 or newer")


def _data(config: Config) -> Check:
    folder = next(path for path in (config.data, *config.data.resolve().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    return Check("data folder", free > 2**30, f"{config.data.resolve()}, {free / 2**30:.1f} GiB free", "free some space, or set ASSAY_DATA")


def _servers(config: Config) -> list[Check]:
    checks = []
    for name, url, binary in (("PostgreSQL", config.database_url, postgres_bin), ("Valkey", config.redis_url, valkey_server)):
        if url:
            fault = reach(name, url)
            checks.append(Check(name, fault is None, "reachable" if fault is None else fault, f"check the address of {name}"))
            if fault is None and name == "PostgreSQL":
                checks.append(_notices(url))
            continue
        try:
            checks.append(Check(name, True, f"embedded, {binary()}"))
        except AssayError as error:
            checks.append(Check(name, False, error.message))
    return checks


def _notices(url: str) -> Check:
    """Behind a pooler in transaction mode all else works, and changes of access reach nobody who is connected."""
    fault = hears(url)
    return Check("notices", fault is None, "heard" if fault is None else fault, REMEDY)


def _pages() -> Check:
    return Check(
        "pages", pages_are_built(), "built" if pages_are_built() else "not built: only the API is served", "make setup", needed=False
    )


def _component(part: Component) -> Check:
    languages = f" ({', '.join(part.languages)})" if part.languages else ""
    says = f"{part.name} {part.version or ''}{languages}" if part.available else f"{part.name}: {part.missing}"
    return Check(part.kind, part.available, says.strip(), part.remedy, needed=part.kind == "activity")
