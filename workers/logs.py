"""What processes say while they run."""

from __future__ import annotations

import logging

from backend.config import Config


def configure(config: Config) -> None:
    """One line an event on standard error. Libraries speak up from warnings on."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    level = config.log_level.upper()
    for name in ("assay", "backend", "workers"):
        logging.getLogger(name).setLevel(level if level in logging.getLevelNamesMapping() else logging.INFO)
