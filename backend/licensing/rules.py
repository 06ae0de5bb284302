"""Which licence a seat comes from. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.errors import InvalidInput, NoSeatLeft

DEFAULT_KEY = "qm"
DEFAULT_NAME = "Quality Management"
MOST_SEATS = 1_000_000


class Kind(StrEnum):
    """Bought by itself, or with another product's licence. A seat of a bundle is a seat."""

    SINGLE = "single"
    BUNDLE = "bundle"


class Source(StrEnum):
    """How a seat was assigned: by hand, by a SAML response, by SCIM."""

    MANUAL = "manual"
    SAML = "saml"
    SCIM = "scim"


class Change(StrEnum):
    """What became of a seat."""

    ASSIGNED = "assigned"
    RELEASED = "released"
    MOVED = "moved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Room:
    """A licence with the number of its seats that were bought and that are taken."""

    id: int
    key: str
    name: str
    kind: str
    seats: int
    used: int
    bundled_with: str | None = None

    @property
    def left(self) -> int:
        return max(0, self.seats - self.used)


def choose(rooms: Sequence[Room], key: str | None) -> Room:
    """
    The licence of that key; without one the first with a seat left, singles before bundles, older before younger. Raises NoSeatLeft
    where every seat is taken, InvalidInput where no licence has the key.
    """
    asked = [room for room in rooms if key is None or room.key == key]
    if key is not None and not asked:
        known = ", ".join(room.key for room in rooms) or "none"
        raise InvalidInput(f"There is no licence {key}; there are: {known}.", pointer="/input/licence", value=key)
    for room in sorted(asked, key=lambda room: (room.kind != Kind.SINGLE, room.id)):
        if room.left:
            return room
    raise refusal(asked)


def refusal(rooms: Sequence[Room]) -> NoSeatLeft:
    """What is said where these licences have no seat left."""
    name = ", ".join(room.name for room in rooms) or DEFAULT_NAME
    return NoSeatLeft(name, seats=sum(room.seats for room in rooms), used=sum(room.used for room in rooms))


def key_of(name: str) -> str:
    """A licence's key from its name: lower-case letters, digits and hyphens. Empty where the name has none of them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]
