"""
The account's own keys: one is made with its first identity provider, sealed, and the same for all of them.

It changes by a rollover: the new key stands in metadata beside the old one and signs, at once or from a stated moment on; both open what
providers encrypt; and the old one ends at a stated moment, without anybody doing anything then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.sealed import Sealers
from backend.db.session import Database, ReadSession, Session, next_id
from backend.errors import Conflict, InvalidInput
from backend.identity.saml import repository
from backend.identity.saml.protocol.certificates import OwnKey, new_own_key
from backend.identity.saml.tables import ServiceKey

_PLACE = {"table": "saml_key", "column": "private_key"}
KEPT_DAYS = 30
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Rollover:
    """How many days the old key goes on, and after how many the new one signs."""

    keep_days: int = KEPT_DAYS
    sign_after_days: int = 0


async def own_key(session: ReadSession, account_id: int, sealers: Sealers) -> OwnKey | None:
    """The key that signs now, with those beside it; None where the account has none yet."""
    rows = await repository.service_keys(session, account_id, utc_now())
    if not rows:
        return None
    sealer = await sealers.of(session, account_id)
    signing = signing_of(rows)
    keys = {row.id: OwnKey(sealer.open(row.private_key, **_PLACE, row=row.id), row.certificate) for row in rows}
    return replace(keys[signing.id], others=tuple(keys[row.id] for row in rows if row is not signing))


def signing_of(rows: Sequence[ServiceKey]) -> ServiceKey:
    """Of keys that are not over, latest first, the one that signs now."""
    now = utc_now()
    return next((row for row in rows if row.signs_from <= now), rows[-1])


async def ensure_key(db: Database, sealers: Sealers, account_id: int) -> OwnKey:
    """The account's key, made now where there is none; in a transaction of its own, since making one takes a while."""
    async with db.reading(account_id) as reading:
        found = await own_key(reading, account_id, sealers)
    if found is not None:
        return found
    made = await make_key(account_id)
    async with db.writing(account_id) as session:
        await repository.add_service_key(session, await _row(session, sealers, made, after=timedelta()))
        kept = await own_key(session, account_id, sealers)
    assert kept is not None
    return kept


async def make_key(account_id: int) -> OwnKey:
    """A fresh key for `rotate`, made before its transaction begins."""
    return await asyncio.to_thread(new_own_key, f"Assay {account_id}", utc_now())


async def rotate(session: Session, actor: Actor, sealers: Sealers, made: OwnKey, how: Rollover) -> ServiceKey:
    """
    The new key takes the place of the one that there is. Raises NotPermitted, InvalidInput, and Conflict where there is no key yet or a
    rollover is under way; with `keep_days` 0, as after a key was stolen, the old ones end at once in any case.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    check(how)
    now, rows = utc_now(), await repository.hold_service_keys(session)
    if not rows:
        raise Conflict("There is no key to change yet: it is made with the first identity provider.")
    ending = [row.ends_at for row in rows if row.ends_at is not None and row.ends_at > now]
    if ending and how.keep_days > 0:
        raise Conflict(f"A change is under way until {max(ending):%Y-%m-%d %H:%M} UTC: wait for it, or end the old keys at once (0 days).")
    for row in rows:
        if row.ends_at is None or (row.ends_at > now and how.keep_days == 0):
            row.ends_at = now + timedelta(days=how.keep_days)
    await session.flush()
    new = await _row(session, sealers, made, after=timedelta(days=how.sign_after_days))
    session.add(new)
    detail = {"keep_days": how.keep_days, "sign_after_days": how.sign_after_days, "fingerprint": made.fingerprint}
    audit.record(session, actor, "saml_key.rotate", "Account", session.account_id, detail=detail)
    await session.flush()
    return new


def check(how: Rollover) -> None:
    """Raises InvalidInput. Asked before a key is made, which takes a while."""
    if not 0 <= how.keep_days <= MOST_DAYS:
        raise InvalidInput(f"The old key goes on for 0 to {MOST_DAYS} days.", pointer="/input/keepDays", value=how.keep_days)
    if not 0 <= how.sign_after_days <= how.keep_days:
        message = f"The new key signs while the old one goes on: after 0 to {how.keep_days} days."
        raise InvalidInput(message, pointer="/input/signAfterDays", value=how.sign_after_days)


async def _row(session: Session, sealers: Sealers, made: OwnKey, *, after: timedelta) -> ServiceKey:
    number, now = await next_id(session, "saml_key"), utc_now()
    sealed = (await sealers.of(session, session.account_id)).seal(made.private, **_PLACE, row=number)
    return ServiceKey(
        account_id=session.account_id, id=number, private_key=sealed, certificate=made.certificate, created_at=now, signs_from=now + after
    )  # fmt: skip
