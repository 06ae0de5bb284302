"""The commands of `assay account` that deal with seats and people."""

from __future__ import annotations

import json
from typing import Any

import typer

from backend.authz.actor import system
from backend.config import Config
from backend.errors import NoSeatLeft
from backend.identity.password_rules import made_password
from backend.identity.passwords import hashed
from backend.identity.people import service
from backend.licensing import service as licensing
from backend.licensing.rules import Room
from workers.commands.accounts import account_named
from workers.commands.accounts_cli import with_deps
from workers.commands.seats import Bought, Person, add, people, person, set_licence
from workers.deps import Deps


def licence(config: Config, slug: str, bought: Bought, *, as_json: bool) -> None:
    """Says what was bought, and prints what there is then."""

    async def act(deps: Deps) -> list[Room]:
        number = await account_named(deps.db, slug)
        if bought.remove or bought.seats is not None:
            async with deps.db.writing(number) as session:
                await set_licence(session, bought)
        async with deps.db.reading(number) as session:
            return await licensing.rooms_of(session, number)

    rooms = with_deps(config, "account licence", act)
    if as_json:
        typer.echo(json.dumps([_plain(room) for room in rooms]))
        return
    for room in rooms:
        origin = f", bundled with {room.bundled_with}" if room.bundled_with else ""
        typer.echo(f"{room.name} ({room.key}{origin}): {room.used} of {room.seats} seats used")
    if not rooms:
        typer.echo(f"{slug} has no licence: `assay account licence {slug} --seats N` adds one.")


def _plain(room: Room) -> dict[str, Any]:
    facts = {"key": room.key, "name": room.name, "kind": room.kind, "bundled_with": room.bundled_with}
    return {**facts, "seats": room.seats, "used": room.used}


def users(config: Config, slug: str, *, as_json: bool) -> None:
    """Prints everybody, one a line."""

    async def act(deps: Deps) -> list[dict[str, Any]]:
        number = await account_named(deps.db, slug)
        async with deps.db.reading(number) as session:
            return await people(session, number)

    found = with_deps(config, "account users", act)
    if as_json:
        typer.echo(json.dumps(found))
        return
    for each in found:
        state = f"seat {each['seat']}" if each["seat"] else "no seat" if each["active"] else "switched off"
        typer.echo(f"{each['email']}  {each['name']}  {each['account_role']}  {state}  {', '.join(each['roles']) or 'no role'}")


def add_user(config: Config, slug: str, new: Person) -> None:
    """Makes the person, and prints the password this once."""
    password = made_password()

    async def act(deps: Deps) -> None:
        number, secret = await account_named(deps.db, slug), await hashed(password)
        async with deps.db.writing(number) as session:
            await add(session, new, secret)

    with_deps(config, "account add-user", act)
    typer.echo(f"{new.email} signs in to {slug} with the password {password}")


def seat(config: Config, slug: str, email: str, *, licence: str | None, release: bool) -> None:
    """Gives the seat or takes it back, and says what was done. A refusal stays in the history."""

    async def act(deps: Deps) -> str | NoSeatLeft:
        number = await account_named(deps.db, slug)
        async with deps.db.writing(number) as session:
            user, actor = await person(session, number, email), system(number)
            if release:
                taken = await service.take_seat(session, actor, user_id=user.id)
                return f"{email} {'gave the seat back' if taken else 'had no seat'}."
            try:
                await service.give_seat(session, actor, user_id=user.id, licence_key=licence)
            except NoSeatLeft as refusal:
                return refusal
            return f"{email} has a seat."

    said = with_deps(config, "account seat", act)
    if isinstance(said, NoSeatLeft):
        raise said
    typer.echo(said)


def reset_password(config: Config, slug: str, email: str) -> None:
    """Prints the new password this once."""
    password = made_password()

    async def act(deps: Deps) -> None:
        number, secret = await account_named(deps.db, slug), await hashed(password)
        async with deps.db.writing(number) as session:
            user = await person(session, number, email)
            await service.set_password(session, system(number), user_id=user.id, password_hash=secret)

    with_deps(config, "account reset-password", act)
    typer.echo(f"{email} signs in to {slug} with the password {password}")
