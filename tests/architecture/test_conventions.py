"""The house's rules, as far as a program can check them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backend.api.schema import printed
from tests.architecture.sources import ROOT, python, tracked

MOST_LINES = {".py": 300, ".ts": 250, ".tsx": 250}
MOST_LINES_A_FUNCTION = 40
GENERATED = {"__generated__.ts", "routes.gen.ts"}


def test_imports_flow_one_way():
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_committed_schema_is_what_the_code_says():
    assert (ROOT / "backend" / "schema.graphql").read_text() == printed(), "run scripts/export_schema in .venv, commit it"


def test_files_are_short():
    long = []
    for path in tracked(*MOST_LINES, under=("backend", "workers", "tests", "scripts", "frontend/src")):
        lines = path.read_text().count("\n")
        if path.name not in GENERATED and lines > MOST_LINES[path.suffix]:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines")
    assert not long, "\n".join(long)


def test_functions_are_short():
    long = []
    for path, module in python():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_A_FUNCTION:
                    long.append(f"{path}:{node.lineno} {node.name}: {lines} lines")
    assert not long, "\n".join(long)


def test_only_the_clock_asks_what_time_it_is():
    """A test sets the clock in one place. Measuring how long something takes (`time.monotonic`, `perf_counter`) is another matter."""
    found = []
    for path, module in python():
        if path == Path("backend/clock.py"):
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = f"{ast.unparse(node.func.value)}.{node.func.attr}"
                if node.func.attr in {"now", "utcnow", "today"} or called == "time.time":
                    found.append(f"{path}:{node.lineno} {called}()")
    assert not found, "\n".join(found)


def test_types_are_named_lazily_from_one_place():
    targets = set()
    for _, module in python("backend"):
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "lazy":
                targets.add(ast.unparse(node.args[0]))
    assert targets == {"'backend.api.types'"}


def test_every_module_says_what_it_is_for():
    silent = [str(path) for path, module in python() if module.body and ast.get_docstring(module) is None]
    assert not silent, "\n".join(silent)


def test_heavy_libraries_stay_in_the_engines():
    """torch and what needs it are imported in `workers` alone, and inside functions."""
    heavy = {"torch", "nemo", "pyannote", "transformers", "torchaudio"}
    found = []
    for path, module in python():
        nodes = ast.walk(module) if path.parts[0] == "backend" else module.body
        for node in nodes:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path}:{node.lineno} {name}" for name in names if name.partition(".")[0] in heavy]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("pattern", [r"print\(", r"# -{5,}", r"# ={5,}"])
def test_no_prints_and_no_banners(pattern: str):
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked(".py", under=("backend",))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(rf"^\s*{pattern}", line)
    ]
    assert not found, "\n".join(found)
