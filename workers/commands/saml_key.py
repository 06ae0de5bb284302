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
    ends = "ended now" if keep_days == 0 else f"ends in {keep_days} days"
    typer.echo(f"{said[0]} The old one {ends}. Give the providers the account's metadata anew: both are in it meanwhile.")
