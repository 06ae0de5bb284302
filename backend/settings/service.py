"""What an account has decided, for everybody who acts on it."""

from __future__ import annotations

from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import ReadSession, Session
from backend.errors import AnalysisOff, InvalidInput
from backend.settings import repository
from backend.settings.tables import AccountSettings

LEAST_MS, MOST_MS = 100, 600_000


async def settings_of(session: ReadSession, account_id: int) -> AccountSettings:
    return await repository.settings(session, account_id)


async def require_analysis(session: ReadSession, account_id: int) -> AccountSettings:
    """The settings, where analysis is on. Raises AnalysisOff where it is not."""
    found = await repository.settings(session, account_id)
    if not found.analysis_enabled:
        raise AnalysisOff
    return found


async def switch_analysis(session: Session, actor: Actor, *, on: bool) -> AccountSettings:
    """Needs the account's own permission: a QM role does not give it."""
    actor.require_account(AccountAction.SETTINGS_EDIT)
    found = await repository.settings(session, actor.account_id)
    found.analysis_enabled = on
    return _changed(session, found)


async def set_thresholds(session: Session, actor: Actor, *, silence_ms: int, crosstalk_ms: int) -> AccountSettings:
    """For calls that are analysed from now on. Milliseconds, 100 to 600,000."""
    actor.require_account(AccountAction.SETTINGS_EDIT)
    for name, value in (("silenceMs", silence_ms), ("crosstalkMs", crosstalk_ms)):
        if not LEAST_MS <= value <= MOST_MS:
            raise InvalidInput(f"A threshold lies between {LEAST_MS} and {MOST_MS:,} ms.", pointer=f"/{name}", value=value)
    found = await repository.settings(session, actor.account_id)
    found.silence_ms, found.crosstalk_ms = silence_ms, crosstalk_ms
    return _changed(session, found)


def _changed(session: Session, found: AccountSettings) -> AccountSettings:
    found.version += 1
    found.updated_at = utc_now()
    session.add(found)
    return found
