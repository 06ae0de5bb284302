"""What the parts of the program bring into memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "nemo", "pyannote", "transformers", "lightning")


@pytest.mark.parametrize("part", ["backend.app", "workers.cli", "workers.main"])
def test_speech_engines_are_imported_by_none_but_the_work_that_needs_them(part: str):
    """They take up to half a minute and a gigabyte: neither the API nor the start of a worker waits for them."""
    program = f"import sys, {part}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
