"""What is looked for in the audit log. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.errors import InvalidInput

_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """None everywhere is the whole log. `since` belongs to it, `until` no more; `text` is in the sentence, the address or a detail."""

    actor_id: int | None = None
    action: str | None = None
    object_type: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None

    def document(self) -> dict[str, Any]:
        """What is set, for the entry of an export."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in given.items() if value is not None}


def check(wanted: AuditFilter, *, at: str = "/filter") -> None:
    """Raises InvalidInput with a pointer below `at` for what cannot be looked for."""
    if wanted.since and wanted.until and wanted.since >= wanted.until:
        raise InvalidInput("The time ends before it begins.", pointer=f"{at}/to", value=wanted.until.isoformat())
    for name, value in (("text", wanted.text), ("action", wanted.action), ("objectType", wanted.object_type)):
        if value is not None and (len(value) > _LONGEST_TEXT or "\0" in value):
            raise InvalidInput(f"Look for at most {_LONGEST_TEXT} characters.", pointer=f"{at}/{name}", value=value)
