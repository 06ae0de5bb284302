"""The source files that conventions hold for."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ("backend", "workers")


def tracked(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Files that the repository holds, or would; where there is no git, all that lie there."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *under]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        paths = [ROOT / line for line in done.stdout.splitlines()]
    else:
        paths = [path for folder in under or (".",) for path in (ROOT / folder).rglob("*")]
    return [path for path in paths if path.suffix in suffixes and path.is_file()]


def python(*under: str) -> list[tuple[Path, ast.Module]]:
    """Every Python file below these folders, parsed."""
    return [(path.relative_to(ROOT), _parsed(path)) for path in tracked(".py", under=under or PROGRAM)]


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())
