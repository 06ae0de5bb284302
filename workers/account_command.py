"""`assay account`: accounts, their people and what was bought for them, for whoever runs the machine."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from workers.options import Data, Json, settings

account = typer.Typer(no_args_is_help=True, help="Accounts, their people and their seats.")

Slug = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's short name.")]
Email = Annotated[str, typer.Argument(help="The person's address.")]


class AccountRole(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


@account.command("create")
def create(
    slug: Annotated[str, typer.Argument(help="The name that people sign in with.")],
    email: Annotated[str, typer.Option(help="The first administrator's address.")],
    name: Annotated[str | None, typer.Option(help="The name that people read.")] = None,
    timezone: Annotated[str, typer.Option(help="Days begin and end in it; it cannot be changed later.")] = "UTC",
    region: Annotated[str, typer.Option()] = "eu",
    seats: Annotated[int, typer.Option(help="How many seats were bought.")] = 10,
    enable_analysis: Annotated[bool, typer.Option("--enable-analysis", help="Recordings may be analysed.")] = False,
    data: Data = None,
) -> None:
    """Make an account with an administrator who owns it, and print the password."""
    from workers.commands.accounts_cli import create as run

    given = {"slug": slug, "name": name or slug, "timezone": timezone, "region": region, "analysis": enable_analysis, "seats": seats}
    run(settings(data), email, given)


@account.command("enable-analysis")
def enable_analysis(slug: Slug, off: Annotated[bool, typer.Option("--off", help="Switch it off.")] = False, data: Data = None) -> None:
    """Switch the analysis of an account's recordings on."""
    from workers.commands.accounts_cli import switch as run

    run(settings(data), slug, on=not off)


@account.command("licence")
def licence(
    slug: Slug,
    seats: Annotated[int | None, typer.Option(help="How many were bought.", show_default="only show what there is")] = None,
    name: Annotated[str | None, typer.Option(help="Which licence; another is added.", show_default="Quality Management")] = None,
    bundled_with: Annotated[str | None, typer.Option(help="The product whose licence it comes with.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the licence; nobody may hold a seat of it.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Show the seats of an account, or say how many were bought."""
    from workers.commands.seats import Bought
    from workers.commands.seats_cli import licence as run

    run(settings(data), slug, Bought(name, seats, bundled_with, remove), as_json=as_json)


@account.command("users")
def users(slug: Slug, as_json: Json = False, data: Data = None) -> None:
    """List the people of an account with seat and roles."""
    from workers.commands.seats_cli import users as run

    run(settings(data), slug, as_json=as_json)


@account.command("add-user")
def add_user(
    slug: Slug,
    email: Email,
    name: Annotated[str | None, typer.Option(help="The name that people read.", show_default="from the address")] = None,
    role: Annotated[list[str] | None, typer.Option(help="A QM role's key; may be given again.", show_default="agent")] = None,
    account_role: Annotated[AccountRole, typer.Option(help="What the person is to the account.")] = AccountRole.MEMBER,
    seat: Annotated[bool, typer.Option("--seat/--no-seat", help="Without a seat they see no conversation.")] = True,
    data: Data = None,
) -> None:
    """Make a person, and print the password."""
    from workers.commands.seats import Person
    from workers.commands.seats_cli import add_user as run

    run(settings(data), slug, Person(email, name or email.split("@")[0], tuple(role or ()), account_role.value, seat))


@account.command("seat")
def seat(
    slug: Slug,
    email: Email,
    release: Annotated[bool, typer.Option("--release", help="Take the seat back.")] = False,
    licence: Annotated[str | None, typer.Option(help="The licence's key.", show_default="the first with a seat left")] = None,
    data: Data = None,
) -> None:
    """Give a person a seat, or take it back."""
    from workers.commands.seats_cli import seat as run

    run(settings(data), slug, email, licence=licence, release=release)


@account.command("reset-password")
def reset_password(slug: Slug, email: Email, data: Data = None) -> None:
    """Make a new password for a person, whose sessions end, and print it."""
    from workers.commands.seats_cli import reset_password as run

    run(settings(data), slug, email)


@account.command("reset-second-factor")
def reset_second_factor(slug: Slug, email: Email, data: Data = None) -> None:
    """Take away the second factor of somebody who has lost it; their sessions end."""
    from workers.commands.ways_in import reset_second_factor as run

    run(settings(data), slug, email)


@account.command("rotate-saml-key")
def rotate_saml_key(
    slug: Slug,
    keep_days: Annotated[int, typer.Option(help="For how long the old key goes on beside the new one; 0 ends it now.")] = 30,
    sign_after_days: Annotated[int, typer.Option(help="When the new key begins to sign.")] = 0,
    data: Data = None,
) -> None:
    """Change the key that signs the account's SAML requests and opens encrypted assertions."""
    from workers.commands.saml_key import rotate_saml_key as run

    run(settings(data), slug, keep_days=keep_days, sign_after_days=sign_after_days)


@account.command("allow-passwords")
def allow_passwords(slug: Slug, data: Data = None) -> None:
    """Switch sign-in with passwords on again, where no identity provider lets anybody in."""
    from workers.commands.ways_in import allow_passwords as run

    run(settings(data), slug)
