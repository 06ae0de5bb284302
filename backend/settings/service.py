"""What an account has decided, for everybody who acts on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import ReadSession, Session
from backend.errors import AnalysisOff, Conflict
from backend.settings import repository, rules
from backend.settings.tables import AccountSettings


async def settings_of(session: ReadSession, account_id: int) -> AccountSettings:
    return await repository.settings(session, account_id)


async def require_analysis(session: ReadSession, account_id: int) -> AccountSettings:
    """The settings, where analysis is on. Raises AnalysisOff where it is not."""
    found = await repository.settings(session, account_id)
    if not found.analysis_enabled:
        raise AnalysisOff
    return found


async def update(
    session: Session, actor: Actor, given: Mapping[str, Any], *, version: int | None, engines: Collection[str], address: str | None = None
) -> AccountSettings:  # fmt: skip
    """
    Changes the settings that are given, by the names of `rules.NAMES`; one audit entry holds old and new. What changes nothing leaves no
    trace. Needs the account's own permission: a QM role does not give it. Raises Conflict where `version` is not the present one, and
    InvalidInput for a value that cannot be.
    """
    actor.require_account(AccountAction.SETTINGS_EDIT)
    after = rules.checked(given, engines=engines)
    found = await repository.settings(session, actor.account_id, lock=True)
    if version is not None and version != found.version:
        raise Conflict("Somebody else has changed the settings meanwhile. Look at them as they are now, then change them again.")
    changed = rules.changes(values(found), after)
    if changed:
        _write(found, after)
        found.version, found.updated_at, found.updated_by = found.version + 1, utc_now(), actor.user_id
        session.add(found)
        detail = {"changes": [change.document() for change in changed]}
        audit.record(session, actor, "settings.change", "Account", actor.account_id, address=address, detail=detail)
    return found


async def switch_analysis(session: Session, actor: Actor, *, on: bool) -> AccountSettings:
    """Needs the account's own permission: a QM role does not give it."""
    return await update(session, actor, {"analysis_enabled": on}, version=None, engines=())


def values(row: AccountSettings) -> dict[str, Any]:
    """Every setting by its name in `rules.NAMES`."""
    return {column: languages_on(row) if column == "languages" else getattr(row, column) for column in rules.NAMES}


def languages_on(row: AccountSettings) -> list[str]:
    return sorted(rules.LANGUAGES.keys() - set(row.languages_off))


def _write(row: AccountSettings, after: Mapping[str, Any]) -> None:
    for column, value in after.items():
        if column == "languages":
            row.languages_off = sorted(rules.LANGUAGES.keys() - set(value))
        else:
            setattr(row, column, value)
