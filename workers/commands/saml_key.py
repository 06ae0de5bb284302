"""`assay account rotate-saml-key`: the account's own SAML key, on the word of whoever runs the machine."""

from __future__ import annotations

import typer

from backend.authz.actor import system
from backend.config import Config
from backend.identity.saml import keys
from workers.commands.accounts import account_named
from workers.commands.accounts_cli import with_deps
from workers.deps import Deps


def rotate_saml_key(config: Config, slug: str, *, keep_days: int, sign_after_days: int) -> None:
    """Makes a key, puts it beside the old one, and says when which of them does what."""
    said: list[str] = []

    async def act(deps: Deps) -> None:
        number = await account_named(deps.db, slug)
        made = await keys.make_key(number)
        async with deps.db.writing(number) as session:
            how = keys.Rollover(keep_days, sign_after_days)
            row = await keys.rotate(session, system(number), deps.sealers, made, how)
        said.append(f"The new key of {slug} ({made.fingerprint[:16]}…) signs from {row.signs_from:%Y-%m-%d %H:%M} UTC on.")

    with_deps(config, "account rotate-saml-key", act)
    typer.echo(f"{said[0]} {what_now(keep_days)}")


def what_now(keep_days: int) -> str:
    """What became of the old key, and what is to be done about it."""
    if keep_days == 0:
        return (
            "What was there before has ended: give the providers the account's metadata at once, since those that check our signatures or"
            " encrypt for us refuse sign-in until they have it."
        )
    days = "day" if keep_days == 1 else f"{keep_days} days"
    return (
        f"The old one opens what providers encrypt for another {days}. Give them the account's metadata before, and before the new one"
        " signs where they check our signatures: both are in it meanwhile."
    )
