"""The commands of `assay account`, and `assay retranscribe`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import typer

from backend.config import Config
from backend.identity.password_rules import made_password
from workers.commands.accounts import NewUser, add_user, open_account, switch_analysis
from workers.deps import Deps, opened
from workers.servers import servers

T = TypeVar("T")


def with_deps(config: Config, command: str, act: Callable[[Deps], Awaitable[T]]) -> T:
    """Runs something on the installation, starting its servers where nobody has."""

    async def run() -> T:
        async with opened(config, found.addresses) as deps:
            return await act(deps)

    with servers(config, command, lend=True) as found:
        return asyncio.run(run())


def create(config: Config, email: str, given: dict[str, Any]) -> None:
    """`given` is what `open_account` takes."""
    password, slug = made_password(), given["slug"]

    async def act(deps: Deps) -> None:
        number = await open_account(deps.db, deps.keys, **given)
        async with deps.db.writing(number) as session:
            await add_user(session, NewUser(email, email.split("@")[0], password, "admin", "owner"))

    with_deps(config, "account create", act)
    typer.echo(f"Account {slug}: {email} signs in with the password {password}")
    if not given["analysis"]:
        typer.echo(f"Analysis is off; switch it on with: assay account enable-analysis {slug}")


def switch(config: Config, slug: str, *, on: bool) -> None:
    with_deps(config, "account enable-analysis", lambda deps: switch_analysis(deps.db, slug, on=on))
    typer.echo(f"Analysis of {slug} is {'on' if on else 'off'}.")


def retranscribe(config: Config) -> None:
    from workers.main import transcribe_again  # the whole worker, which no other command of these waits for

    async def act(deps: Deps) -> tuple[int, list[str]]:
        return await transcribe_again(deps), sorted(deps.engines.recognizer.languages())

    count, languages = with_deps(config, "retranscribe", act)
    if not languages:
        typer.echo("No speech model is installed: `assay doctor` says how to add one.")
    else:
        typer.echo(f"{count} conversations go through recognition again (models: {', '.join(languages)}).")
