"""The committed sample calls, read once."""

from __future__ import annotations

import pytest

from scripts.synthesise_samples import manifest


@pytest.fixture(scope="session")
def content():
    return manifest.load()


@pytest.fixture(scope="session")
def calls(content):
    return content["calls"]
