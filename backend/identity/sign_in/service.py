"""Signing in with account, email, password and, where the person has a second factor, a code."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.accounts.tables import User
from backend.audit import service as audit
from backend.authz.actions import AccountRole
from backend.db import doors
from backend.db.sealed import Sealers
from backend.db.session import Database, Session
from backend.errors import SecondFactorNeeded, SignInRefused
from backend.graphql.context import Caller
from backend.identity import passwords, repository
from backend.identity.factor import service as factor
from backend.identity.methods.service import password_sign_in
from backend.identity.password_rules import LONGEST
from backend.identity.rules import Lifetime, blurred
from backend.identity.service import SignedIn, open_session
from backend.infra.limiter.base import Limiter

WINDOW_S = 15 * 60
ATTEMPTS_A_PERSON = 10
ATTEMPTS_AN_ADDRESS = 100
ATTEMPTS_A_CODE = 5
QUESTIONS_AN_ADDRESS = 600
"""How an account's people sign in is asked once a browser, and by a whole contact centre from one address in the morning."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed. `code` is the app's or a recovery code."""

    account: str
    email: str
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """What signing in needs."""

    db: Database
    sealers: Sealers
    limiter: Limiter
    life: Lifetime


async def sign_in(keeper: Doorkeeper, given: Credentials, caller: Caller) -> SignedIn:
    """
    A new session under a new token; the browser's old one ends. Raises SignInRefused, with the same words and after the same work
    whether the account, the email or the password is wrong, and earlier where attempts are too frequent; SecondFactorNeeded where all
    three are right and a code is missing.
    """
    person_key = f"person:{blurred(given.account.strip().lower(), given.email.strip().lower())}"
    await take_attempt(keeper.limiter, person_key, ATTEMPTS_A_PERSON)
    await take_attempt(keeper.limiter, address_key("address", caller), ATTEMPTS_AN_ADDRESS)
    account_id = await doors.account_by_slug(keeper.db, given.account.strip().lower())
    user = None
    if account_id is not None:
        async with keeper.db.reading(account_id) as session:
            user = await repository.by_email(session, account_id, given.email.strip())
    fits = len(given.password) <= LONGEST
    right = await passwords.check(user.password_hash if user else None, given.password if fits else "")
    if account_id is None or user is None or not right:
        await _note_refusal(keeper.db, account_id, user, caller, "wrong password")
        raise SignInRefused("No account, email and password go together like this. Check all three; the account is its short name.")
    signed_in = await _admit(keeper, user, given, caller)
    await keeper.limiter.forget(person_key)
    await keeper.limiter.forget(code_key(user.account_id, user.id))
    return signed_in


async def _admit(keeper: Doorkeeper, user: User, given: Credentials, caller: Caller) -> SignedIn:
    """Whose password is right, by what the account and the person ask for beside it."""
    async with keeper.db.reading(user.account_id) as session:
        needs_code = await factor.has(session, user.account_id, user.id)
        by_password = await password_sign_in(session, user.account_id)
    if not by_password and not (needs_code and user.account_role == AccountRole.OWNER):
        await _note_refusal(keeper.db, user.account_id, user, caller, "passwords are off")
        raise SignInRefused("This account has switched off sign-in with passwords. Sign in through your organisation.")
    if needs_code:
        if not given.code:
            raise SecondFactorNeeded
        await take_attempt(keeper.limiter, code_key(user.account_id, user.id), ATTEMPTS_A_CODE)
    async with keeper.db.writing(user.account_id, address=caller.address) as session:
        if not needs_code or await factor.take(session, keeper.sealers, user_id=user.id, code=given.code or ""):
            await _renew_hash(session, user, given.password)
            return await open_session(session, user.id, method="password", caller=caller, life=keeper.life)
    await _note_refusal(keeper.db, user.account_id, user, caller, "wrong code")
    raise SignInRefused(factor.WRONG)


async def _renew_hash(session: Session, user: User, password: str) -> None:
    """A hash that was made with weaker parameters is made anew while the password is at hand."""
    if passwords.outdated(user.password_hash or ""):
        (await repository.user(session, user.account_id, user.id)).password_hash = await passwords.hashed(password)


async def take_attempt(limiter: Limiter, key: str, limit: int) -> None:
    """Raises SignInRefused where it was tried too often."""
    wait = await limiter.take(key, limit=limit, window_s=WINDOW_S)
    if wait is not None:
        raise SignInRefused(f"Too many attempts. The next is accepted in {wait} seconds.", retry_after_s=wait)


def address_key(kind: str, caller: Caller) -> str:
    """Under which what comes from an address is counted."""
    return f"{kind}:{blurred(caller.address or '')}"


def code_key(account_id: int, user_id: int) -> str:
    """Under which a person's tries at codes are counted, wherever they are made."""
    return f"code:{account_id}:{user_id}"


async def _note_refusal(db: Database, account_id: int | None, user: User | None, caller: Caller, why: str) -> None:
    if account_id is None:
        return
    async with db.writing(account_id, address=caller.address) as session:
        audit.record(session, None, "session.refused", "User", user.id if user else None, detail={"why": why})
