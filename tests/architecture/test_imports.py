"""What the parts of the program bring into memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "nemo", "pyannote", "transformers", "lightning")


@pytest.mark.parametrize("part", ["backend.app", "workers.cli", "workers.main"])
def test_speech_engines_are_imported_by_none_but_the_work_that_needs_them(part: str):
    """They take up to half a minute and a gigabyte: neither the API nor the start of a worker waits for them."""
    assert brought(part, *HEAVY) == []


def test_commands_about_accounts_wait_for_no_worker():
    assert brought("workers.commands.seats_cli", "workers.main", "arq", "scim2_models") == []


def brought(part: str, *names: str) -> list[str]:
    """Those of the modules that importing the part brings with it."""
    program = f"import sys, {part}; print(*(name for name in {names!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
