"""Making and revoking tokens, rotating the key that signs them, and who is behind one."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db import doors
from backend.db.sealed import Sealer, Sealers
from backend.db.session import Database, ReadSession, Session, next_id
from backend.errors import Conflict, NotFound
from backend.identity.rules import token_hash
from backend.identity.service import actor_of
from backend.identity.tokens import repository, rules
from backend.identity.tokens.jwt import Claims, TokenRefused, sign, verify
from backend.identity.tokens.rules import AUDIENCES, PREFIX, Audience, Kind
from backend.identity.tokens.tables import ApiToken, SigningKey

MOST_TOKENS = 50
_REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class NewToken:
    name: str
    scopes: Sequence[str]
    days: int
    kind: Kind = Kind.API


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks through a token."""

    actor: Actor
    token_id: int
    name: str
    expires_at: datetime


async def resolve_bearer(db: Database, sealers: Sealers, token: str, audience: Audience) -> Bearer | None:
    """
    Who is behind a token; None where it is unknown, forged, revoked, expired, made for another audience, or its owner is switched off.
    Its use is noted at most once a minute.
    """
    signed, now = rules.signed_part(token), utc_now()
    owner = await doors.token_owner(db, token_hash(token)) if signed is not None else None
    if signed is None or owner is None:
        return None
    async with db.reading(owner.account_id) as session:
        row = await repository.token(session, owner.account_id, owner.token_id)
        if row is None or not await _genuine(session, sealers, signed, row, audience, now):
            return None
        actor = await _actor(session, row)
    if actor is None:
        return None
    if rules.needs_touch(row.last_used_at, now):
        async with db.writing(row.account_id) as writing:
            await repository.touch(writing, row.id, now)
    return Bearer(actor, row.id, row.name, row.expires_at)


async def open_until(db: Database, account_id: int, token_id: int) -> datetime | None:
    """When a token that was shown before ends; None where it does not count any more. Asking is no use of it."""
    async with db.reading(account_id) as session:
        row = await repository.token(session, account_id, token_id)
        actor = await _actor(session, row) if row else None
    counts = row is not None and actor is not None and row.revoked_at is None and row.expires_at > utc_now()
    return row.expires_at if row and counts else None


async def _genuine(session: ReadSession, sealers: Sealers, signed: str, row: ApiToken, audience: Audience, now: datetime) -> bool:
    """Whether this very row's token was signed by the account, and says what the row says."""
    key = await repository.key(session, row.account_id, row.kid)
    if key is None or AUDIENCES[Kind(row.kind)] is not audience:
        return False
    try:
        secret = _open(await sealers.of(session, row.account_id), key)
        claims = verify(signed, key_of=lambda kid: secret if kid == row.kid else None, audience=audience, now=now)
    except TokenRefused:
        return False
    return claims == _claims(row)


async def _actor(session: ReadSession, row: ApiToken) -> Actor | None:
    if row.user_id is None:
        # The routes of SCIM bound what it does; over owners it has no power.
        return Actor(row.account_id, None, name=row.name, account_role="admin", token_id=row.id)
    owner = await actor_of(session, row.account_id, row.user_id)
    return rules.parse_scopes(row.scopes).cut(owner, row.id) if owner else None


async def create(session: Session, actor: Actor, sealers: Sealers, new: NewToken) -> tuple[ApiToken, str]:
    """A token and its secret, which is told this once. Raises InvalidInput, NotPermitted, and Conflict beyond MOST_TOKENS."""
    if new.kind is Kind.SCIM:
        actor.require_account(AccountAction.IDENTITY_EDIT)
    name, days = rules.checked_name(new.name), rules.checked_days(new.days)
    scopes, now = rules.checked_scopes(new.scopes, new.kind, actor), utc_now()
    if await repository.live(session, actor.account_id, now, user_id=actor.user_id) >= MOST_TOKENS:
        raise Conflict(f"You have {MOST_TOKENS} tokens that count. Revoke one that is not used any more.")
    sealer = await sealers.of(session, actor.account_id)
    key = await repository.signing_key(session, actor.account_id) or await _make_key(session, sealer)
    row = ApiToken(
        account_id=actor.account_id,
        id=await next_id(session, "api_token"),
        user_id=actor.user_id if new.kind is Kind.API else None,
        created_by=actor.user_id,
        kind=new.kind,
        name=name,
        scopes=scopes,
        hint="",
        token_hash=b"",
        kid=key.kid,
        created_at=now,
        expires_at=(now + timedelta(days=days)).replace(microsecond=0),
    )
    secret = PREFIX + sign(_claims(row), kid=key.kid, key=_open(sealer, key))
    row.token_hash, row.hint = token_hash(secret), secret[-4:]
    session.add(row)
    await session.flush()
    detail = {"kind": row.kind, "name": name, "scopes": scopes, "days": days}
    audit.record(session, actor, "token.create", "ApiToken", row.id, detail=detail)
    return row, secret


def _claims(row: ApiToken) -> Claims:
    subject = "scim" if row.user_id is None else str(row.user_id)
    return Claims(row.account_id, subject, row.id, AUDIENCES[Kind(row.kind)], row.created_at.replace(microsecond=0), row.expires_at)


async def _make_key(session: Session, sealer: Sealer) -> SigningKey:
    number = await next_id(session, "signing_key")
    sealed = sealer.seal(os.urandom(32), table="signing_key", column="secret", row=number)
    key = SigningKey(account_id=session.account_id, id=number, kid=secrets.token_hex(8), secret=sealed, created_at=utc_now())
    session.add(key)
    await session.flush()
    return key


def _open(sealer: Sealer, key: SigningKey) -> bytes:
    return sealer.open(key.secret, table="signing_key", column="secret", row=key.id)


async def revoke(session: Session, actor: Actor, *, token_id: int) -> ApiToken:
    """Ends a token of one's own, or any with `account.identity`, at once. Raises NotFound. Again: nothing happens."""
    row = await repository.token(session, actor.account_id, token_id)
    # A stolen token may end itself, but not its owner's others.
    own = row is not None and row.user_id is not None and row.user_id == actor.user_id and actor.token_id in (None, row.id)
    if row is None or not (own or actor.may(AccountAction.IDENTITY_EDIT)):
        raise NotFound("There is no such token, or it is somebody else's.")
    if row.revoked_at is None:
        row.revoked_at = utc_now()
        audit.record(session, actor, "token.revoke", "ApiToken", row.id, detail={"kind": row.kind, "name": row.name})
    return row


async def rotate(session: Session, actor: Actor, sealers: Sealers) -> int:
    """
    A new key signs from now on. The old ones verify until the last token that they signed has ended; returns how many such tokens there
    are.
    """
    actor.require_account(AccountAction.IDENTITY_EDIT)
    await repository.retire_keys(session, utc_now())
    key = await _make_key(session, await sealers.of(session, actor.account_id))
    kept = await repository.live(session, actor.account_id, utc_now(), not_kid=key.kid)
    audit.record(session, actor, "signing_key.rotate", "SigningKey", key.id, detail={"tokens_kept": kept})
    return kept


async def listed(session: ReadSession, actor: Actor, *, everybodys: bool) -> Sequence[ApiToken]:
    """One's own, or the account's with `account.identity`; with those that ended in the last 90 days."""
    if everybodys:
        actor.require_account(AccountAction.IDENTITY_EDIT)
        return await repository.tokens(session, actor.account_id, ended_after=utc_now() - _REMEMBERED)
    return await repository.tokens(session, actor.account_id, ended_after=utc_now() - _REMEMBERED, user_id=actor.user_id or 0)
