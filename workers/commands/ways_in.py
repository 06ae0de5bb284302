"""The commands of `assay account` for people who cannot get in any more, on the word of whoever runs the machine."""

from __future__ import annotations

import typer

from backend.authz.actor import system
from backend.config import Config
from backend.identity import repository
from backend.identity.factor import service as factor
from backend.identity.methods import service as methods
from workers.commands.accounts import account_named
from workers.commands.accounts_cli import with_deps
from workers.commands.seats import person
from workers.deps import Deps


def reset_second_factor(config: Config, slug: str, email: str) -> None:
    """Takes the second factor away, and ends the person's sessions."""

    async def act(deps: Deps) -> None:
        number = await account_named(deps.db, slug)
        async with deps.db.writing(number) as session:
            user = await person(session, number, email)
            await factor.reset(session, system(number), user_id=user.id)
            await repository.end_sessions(session, user.id)

    with_deps(config, "account reset-second-factor", act)
    typer.echo(f"{email} signs in to {slug} without a code.")


def allow_passwords(config: Config, slug: str) -> None:
    """Switches sign-in with passwords on."""

    async def act(deps: Deps) -> None:
        number = await account_named(deps.db, slug)
        async with deps.db.writing(number) as session:
            await methods.set_password_sign_in(session, system(number), on=True)

    with_deps(config, "account allow-passwords", act)
    typer.echo(f"People sign in to {slug} with passwords.")
