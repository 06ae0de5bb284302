"""`assay models`: the models that engines need, listed, fetched and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workers.options import Data, Json, settings

models = typer.Typer(
    no_args_is_help=True,
    help="Models for speech, speakers and translation: nothing is fetched unless you ask for it here.\n\n"
    "Exit codes: 0 well, 1 failed, or a model is not what was pulled, 2 no such model, language or revision.",
)

Names = Annotated[list[str] | None, typer.Argument(metavar="MODEL…", help="By name, as in the list.", show_default=False)]


@models.command("list")
def show(
    language: Annotated[str | None, typer.Option(help="Only models that cover it, e.g. de.")] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show the models there are, which languages they cover, their licences, and which are here."""
    from workers.commands.models import show as run

    run(settings(data), language, as_json=as_json)


@models.command()
def pull(
    names: Names = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Without MODEL: what to take for a language. With it: use the model for this one. Repeatable.")
    ] = None,
    revision: Annotated[
        str | None, typer.Option(help="Pin this commit, branch or tag.", show_default="as pulled before, else newest")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Take the files from a folder, or from another models folder.", exists=True, file_okay=False),
    ] = None,
    accept_licence: Annotated[bool, typer.Option("--accept-licence", help="You have read and accept the models' terms.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Fetch models, verify them, and put them where the engines look. What was cut off goes on where it stopped."""
    from workers.commands.models import Order
    from workers.commands.models import pull as run

    order = Order(tuple(names or ()), tuple(language or ()), revision, source, accept_licence)
    run(settings(data), order, as_json=as_json)


@models.command()
def verify(names: Names = None, as_json: Json = False, data: Data = None) -> None:
    """Compare every file of the models that were pulled with what was recorded."""
    from workers.commands.models import verify as run

    raise typer.Exit(run(settings(data), tuple(names or ()), as_json=as_json))
