"""What follows when a person proves more, or changes what they prove it with: other sessions end, and this one bears a new token."""

from __future__ import annotations

from backend.audit import service as audit
from backend.db.session import Session
from backend.graphql.context import Context
from backend.identity import repository
from backend.identity.cookies import set_cookie
from backend.identity.service import renew_token


async def renew(session: Session, context: Context) -> str | None:
    """In the transaction of the change: ends the viewer's other sessions. Returns the present one's new token, for `hand_out`."""
    viewer, current = context.viewer, context.caller.session_id
    assert viewer.user_id is not None
    ended = await repository.end_sessions(session, viewer.user_id, keep=current)
    if ended:
        audit.record(session, viewer, "session.revoke", "User", viewer.user_id, detail={"sessions": ended})
    return await renew_token(session, current) if current is not None else None


def hand_out(context: Context, token: str | None) -> None:
    """After the commit: the browser takes the new token."""
    if token is not None and context.response is not None:
        set_cookie(context.response, context.services.config, token)
