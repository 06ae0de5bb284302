"""What names and addresses of people and teams may look like, and who may change whom. Pure."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from backend.authz.actions import GIVEN, AccountRole
from backend.authz.actor import Actor
from backend.errors import InvalidInput, NotPermitted

LONGEST_NAME = 200
LONGEST_EMAIL = 254
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def checked_slug(slug: str) -> str:
    """Raises InvalidInput where the name cannot stand in a sign-in form."""
    if not _SLUG.fullmatch(slug):
        raise InvalidInput(
            "An account's name consists of lower-case letters, digits and hyphens, at most 63.", pointer="/input/slug", value=slug
        )
    return slug


def checked_email(email: str, *, pointer: str) -> str:
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL or not email.isprintable():
        raise InvalidInput("This is no email address: write it like name@example.com.", pointer=pointer, value=email)
    return email


def checked_timezone(name: str) -> str:
    if name not in available_timezones():
        raise InvalidInput("This is no time zone: write it like Europe/Berlin.", pointer="/input/timezone", value=name)
    return name


def checked_name(name: str, *, pointer: str) -> str:
    """A person's or a team's name on one line, without spaces at its ends."""
    trimmed = name.strip()
    if not 0 < len(trimmed) <= LONGEST_NAME or not trimmed.isprintable():
        raise InvalidInput(f"A name is one line of 1 to {LONGEST_NAME} characters.", pointer=pointer, value=name)
    return trimmed


def searched(text: str | None) -> str | None:
    """What is looked for in names: without what no name holds, and None where nothing is left."""
    return "".join(letter for letter in text.strip() if letter.isprintable()) or None if text else None


def require_over(actor: Actor, account_role: str) -> None:
    """
    What somebody may do to a person of this account role, and to make one: owners only to owners, and nobody beyond what they may
    themselves, or they would sign in as the other. Raises NotPermitted.
    """
    if account_role == AccountRole.OWNER and actor.account_role != AccountRole.OWNER:
        raise NotPermitted("account.owner")
    for action in sorted(GIVEN[AccountRole(account_role)]):
        actor.require_account(action)
