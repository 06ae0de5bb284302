"""A model that is there and that its engine cannot load."""

from __future__ import annotations

from pathlib import Path

from backend.errors import ConfigurationError


def unloadable(engine: str, place: Path, error: Exception) -> ConfigurationError:
    """What a person is told whose model the engine cannot load, whatever it stumbles over: each reader of files has errors of its own."""
    reason = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
    return ConfigurationError(f"{engine} cannot load the model in {place}: {reason}. Put another in its place, or pull it again.")
