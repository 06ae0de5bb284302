"""Adds to the audit log. Nothing ever changes or removes an entry."""

from __future__ import annotations

from typing import Any

from backend.audit.tables import AuditEntry
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.session import Session


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    object_type: str,
    object_id: int | None = None,
    *,
    address: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """
    One entry in this transaction. `actor` None: somebody who is not signed in. `address` is the transaction's own where it is left out.
    `detail` holds no words of a conversation.
    """
    session.add(
        AuditEntry(
            account_id=session.account_id,
            at=utc_now(),
            actor_id=actor.user_id if actor else None,
            actor_kind=actor.kind if actor else "nobody",
            action=action,
            object_type=object_type,
            object_id=object_id,
            address=address or session.address,
            detail=detail or {},
        )
    )
