"""What several commands of the command line take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from backend.config import Config

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Data = Annotated[Path | None, typer.Option("--data", envvar="ASSAY_DATA", help="Data folder.", show_default="data")]


def settings(data: Path | None = None, *, port: int | None = None, host: str | None = None) -> Config:
    """The environment's settings, with the command line's in their place."""
    from backend.config import Config

    given = {"ASSAY_DATA": data, "PORT": port, "HOST": host}
    return Config(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
