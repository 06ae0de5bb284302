"""
The command line `assay`.

Exit codes: 0 well, 1 failed, 2 bad input, 3 the account's analysis is switched off. Each command imports what it needs when it runs.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workers.account_command import account
from workers.analyze_command import analyze
from workers.models_command import models
from workers.options import Data, Json, settings

OK, FAILED, BAD_INPUT, ANALYSIS_OFF = 0, 1, 2, 3
app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Quality management for contact centres."
)
app.add_typer(account, name="account")
app.add_typer(models, name="models")
app.command("analyze")(analyze)


class Channel(StrEnum):
    VOICE = "voice"
    VIDEO = "video"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class QueueName(StrEnum):
    STAGES = "stages"
    SPEECH = "speech"


@app.command()
def serve(
    data: Data = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535, show_default="8000")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Also run a worker.")] = True,
) -> None:
    """Serve the application and the API, with a worker, and with an embedded database unless DATABASE_URL is set."""
    from workers.commands.serve import Manner, pages_are_built
    from workers.commands.serve import serve as run

    config = settings(data, port=port, host=host)
    if not pages_are_built():
        typer.echo("The pages are not built (make setup does it): only the API is served.", err=True)
    run(config, Manner(worker, ready=lambda: typer.echo(f"Assay serves {config.address} (Ctrl-C stops it)")))


@app.command()
def worker(
    queue: Annotated[QueueName, typer.Option(help="speech: only the stages that need a speech model.")] = QueueName.STAGES,
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """Run the stages of the pipeline, on the servers of DATABASE_URL and REDIS_URL or of a running `assay serve`."""
    from workers.commands.worker import run

    run(settings(), speech=queue is QueueName.SPEECH, parent=parent)


@app.command()
def migrate() -> None:
    """Bring the database of DATABASE_OWNER_URL, or of the data folder, to this version."""
    from workers.commands.worker import migrate as run

    run(settings())


@app.command()
def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Recordings, each an interaction.", exists=True, dir_okay=False)
    ] = None,
    agent: Annotated[Path | None, typer.Option(help="The agent's side of one recording.", exists=True, dir_okay=False)] = None,
    consumer: Annotated[Path | None, typer.Option(help="The consumer's side.", exists=True, dir_okay=False)] = None,
    transcript: Annotated[Path | None, typer.Option(help="A finished transcript: WebVTT, SRT, JSON.", exists=True, dir_okay=False)] = None,
    external_id: Annotated[str | None, typer.Option(help="The contact centre's id; twice the same changes nothing.")] = None,
    engagement: Annotated[str | None, typer.Option(help="The contact centre's id of the whole engagement.")] = None,
    agent_id: Annotated[str | None, typer.Option(help="The agent's id in the contact centre.")] = None,
    agent_email: Annotated[str | None, typer.Option()] = None,
    agent_name: Annotated[str | None, typer.Option()] = None,
    team: Annotated[str | None, typer.Option(help="The agent's team at the time.")] = None,
    consumer_name: Annotated[str | None, typer.Option(help="Who called, or was called.")] = None,
    queue: Annotated[str | None, typer.Option()] = None,
    channel: Annotated[Channel, typer.Option()] = Channel.VOICE,
    direction: Annotated[Direction | None, typer.Option()] = None,
    language: Annotated[str | None, typer.Option(help="E.g. en or pt-BR.")] = None,
    started_at: Annotated[str | None, typer.Option(help="ISO 8601 with offset.", show_default="now")] = None,
    hold: Annotated[list[str] | None, typer.Option(metavar="START-END", help="A hold in ms; may be given again.")] = None,
    channel_roles: Annotated[str | None, typer.Option(help="Who is on the channels of one recording, e.g. consumer,agent.")] = None,
    consent: Annotated[str | None, typer.Option(help="The consent flag as it was recorded.")] = None,
    end_to_end_encrypted: Annotated[bool, typer.Option("--end-to-end-encrypted", help="Is listed, not analysed.")] = False,
    account_slug: Annotated[str | None, typer.Option("--account", help="The account's name.", show_default="the only one")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the analysis and print its figures.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Take recordings in, whether or not a server runs on the data folder."""
    from workers.commands.ingest import Options, run
    from workers.commands.ingest_options import Given, interactions

    given = Given(
        files=files or [], agent=agent, consumer=consumer, transcript=transcript, external_id=external_id, engagement=engagement,
        agent_id=agent_id, agent_email=agent_email, agent_name=agent_name, team=team, consumer_name=consumer_name, queue=queue,
        channel=channel.value, direction=direction.value if direction else None, language=language, started_at=started_at,
        holds=hold or [], channel_roles=channel_roles, consent=consent, end_to_end_encrypted=end_to_end_encrypted,
    )  # fmt: skip
    raise typer.Exit(run(settings(data), interactions(given), Options(account_slug, wait, as_json)))


@app.command()
def doctor(as_json: Json = False, data: Data = None) -> None:
    """Say what is installed, reachable and configured, which models are present, what is missing and how to get it."""
    from workers.commands.doctor import run

    raise typer.Exit(run(settings(data), as_json=as_json))


@app.command()
def demo(
    data: Data = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, show_default="8000")] = None,
    once: Annotated[bool, typer.Option("--once", envvar="ONCE", help="Exit when all is analysed; the last line is JSON.")] = False,
) -> None:
    """Serve a demo account and analyse the sample calls before your eyes."""
    from workers.commands.demo import run

    raise typer.Exit(run(settings(data, port=port), once=once))


@app.command()
def retranscribe(data: Data = None) -> None:
    """Send conversations that were analysed without words through recognition, where a model for their language is there now."""
    from workers.commands.accounts_cli import retranscribe as run

    run(settings(data))


def main() -> None:
    """Runs the command; an expected error is one sentence and its exit code."""
    from backend.errors import AnalysisOff, AssayError, InvalidInput, MediaRefused

    try:
        app()
    except AnalysisOff as error:
        _end(error.message, ANALYSIS_OFF)
    except InvalidInput as error:
        value = "" if error.value is None else f" (given: {error.value})"
        _end(f"{error.pointer}: {error.message}{value}", BAD_INPUT)
    except MediaRefused as error:
        _end(error.message, BAD_INPUT)
    except AssayError as error:
        _end(error.message, FAILED)
    except OSError as error:
        _end(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}", FAILED)


def _end(sentence: str, code: int) -> None:
    sys.stderr.write(f"assay: {sentence}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
