"""Listing sessions and ending them. A session that is gone opens nothing from the commit on, and its sockets close with it."""

from __future__ import annotations

from collections.abc import Sequence

from backend.accounts import repository as accounts
from backend.accounts.rules import require_over
from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import ReadSession
from backend.db.session import Session as Writing
from backend.errors import InPersonOnly, NotFound
from backend.identity import repository
from backend.identity.tables import Session


async def own(session: ReadSession, actor: Actor) -> Sequence[Session]:
    """The one used last first. Raises InPersonOnly: where somebody else is signed in is none of a program's business."""
    if actor.token_id is not None or actor.user_id is None:
        raise InPersonOnly
    return await repository.sessions_of(session, actor.account_id, actor.user_id, utc_now())


async def of_person(session: ReadSession, actor: Actor, *, user_id: int) -> Sequence[Session]:
    """Raises NotPermitted, NotFound."""
    actor.require_account(AccountAction.USERS_EDIT)
    if not await accounts.users(session, actor.account_id, [user_id]):
        raise NotFound("There is no such person in this account.")
    return await repository.sessions_of(session, actor.account_id, user_id, utc_now())


async def revoke(session: Writing, actor: Actor, *, session_id: int) -> None:
    """Ends one's own session, or with account.users another's. Raises NotFound where there is none that one may end."""
    row = await repository.session_row(session, session.account_id, session_id)
    if row is None or (row.user_id != actor.user_id and not actor.may(AccountAction.USERS_EDIT)):
        raise NotFound("There is no such session, or it is somebody else's.")
    if row.user_id != actor.user_id:
        await _require_over(session, actor, row.user_id)
    await repository.end_session_by_id(session, session_id)
    audit.record(session, actor, "session.revoke", "User", row.user_id, detail={"sessions": 1})


async def revoke_others(session: Writing, actor: Actor, *, keep: int | None) -> int:
    """Ends all of one's own but the present one; how many there were."""
    assert actor.user_id is not None
    ended = await repository.end_sessions(session, actor.user_id, keep=keep)
    if ended:
        audit.record(session, actor, "session.revoke", "User", actor.user_id, detail={"sessions": ended})
    return ended


async def revoke_of_person(session: Writing, actor: Actor, *, user_id: int, keep: int | None = None) -> int:
    """Ends all of another's; how many there were. Raises NotPermitted, NotFound."""
    actor.require_account(AccountAction.USERS_EDIT)
    await _require_over(session, actor, user_id)
    ended = await repository.end_sessions(session, user_id, keep=keep)
    audit.record(session, actor, "session.revoke", "User", user_id, detail={"sessions": ended})
    return ended


async def _require_over(session: Writing, actor: Actor, user_id: int) -> None:
    found = (await accounts.users(session, session.account_id, [user_id])).get(user_id)
    if found is None:
        raise NotFound("There is no such person in this account.")
    require_over(actor, found.account_role)
