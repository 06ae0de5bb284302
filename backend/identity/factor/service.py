"""Setting up a second factor, using it, and taking it away."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.accounts import repository as accounts
from backend.accounts.rules import require_over
from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.clock import utc_now
from backend.db.sealed import Sealer, Sealers
from backend.db.session import ReadSession, Session
from backend.errors import Conflict, InvalidInput, NotFound, NotPermitted
from backend.identity import repository as people
from backend.identity.factor import repository, totp
from backend.identity.methods.ways import keeping_ways_in
from backend.identity.tables import RecoveryCode, SecondFactor

WRONG = "This code is not right, or was used before. Wait for the next one, and check the clock of your phone."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an app needs, told to the person alone. `qr` is an SVG of `uri`."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    qr: str = field(repr=False)


async def has(session: ReadSession, account_id: int, user_id: int) -> bool:
    return bool(await repository.confirmed(session, account_id, [user_id]))


async def begin(session: Session, actor: Actor, sealers: Sealers) -> Enrolment:
    """A new secret, which counts once a code of it was given. Raises Conflict where there is a second factor already."""
    user_id = _person(actor)
    row = await repository.factor(session, session.account_id, user_id, locked=True)
    if row is not None and row.confirmed_at is not None:
        raise Conflict("You have a second factor already. Switch it off first to set up another.")
    secret, sealer = totp.new_secret(), await sealers.of(session, session.account_id)
    sealed = sealer.seal(secret.encode(), table="second_factor", column="secret", row=user_id)
    if row is None:
        session.add(SecondFactor(account_id=session.account_id, user_id=user_id, secret=sealed, last_step=totp.NEVER, created_at=utc_now()))
    else:
        row.secret, row.last_step, row.created_at = sealed, totp.NEVER, utc_now()
    user = await people.user(session, session.account_id, user_id)
    account = await accounts.account(session, session.account_id)
    uri = totp.uri(secret, email=user.email, account=account.name)
    return Enrolment(secret, uri, totp.qr(uri))


async def confirm(session: Session, actor: Actor, sealers: Sealers, code: str) -> list[str]:
    """The second factor counts from now on. Returns the recovery codes, told this once. Raises Conflict and InvalidInput."""
    user_id = _person(actor)
    row = await repository.factor(session, session.account_id, user_id, locked=True)
    if row is None or row.confirmed_at is not None:
        raise Conflict("There is nothing to confirm. Begin to set up a second factor first.")
    if not _take(await sealers.of(session, session.account_id), row, code):
        raise InvalidInput(WRONG, pointer="/code")
    row.confirmed_at = utc_now()
    codes = totp.new_recovery_codes()
    await repository.drop_recovery_codes(session, user_id)
    session.add_all(
        [RecoveryCode(account_id=session.account_id, user_id=user_id, code_hash=totp.recovery_hash(recovery)) for recovery in codes]
    )
    audit.record(session, actor, "second_factor.confirm", "User", user_id)
    return codes


async def disable(session: Session, actor: Actor, sealers: Sealers, code: str) -> None:
    """Takes away one's own, by a code of it. Raises Conflict and InvalidInput."""
    user_id = _person(actor)
    if not await has(session, session.account_id, user_id):
        raise Conflict("You have no second factor.")
    async with keeping_ways_in(session):
        if not await take(session, sealers, user_id=user_id, code=code):
            raise InvalidInput(WRONG, pointer="/code")
        await repository.remove(session, user_id)
    audit.record(session, actor, "second_factor.disable", "User", user_id)


async def reset(session: Session, actor: Actor, *, user_id: int) -> None:
    """
    Takes away another's, who has lost phone and recovery codes; the caller ends their sessions. An owner's takes an owner: whoever takes
    a second factor away is half way in. Raises NotPermitted, NotFound, and Conflict where it is the last owner's way in.
    """
    actor.require_account(AccountAction.USERS_EDIT)
    user = (await accounts.users(session, session.account_id, [user_id])).get(user_id)
    if user is None:
        raise NotFound("There is no such person in this account.")
    require_over(actor, user.account_role)
    async with keeping_ways_in(session):
        removed = await repository.remove(session, user_id)
    if removed:
        audit.record(session, actor, "second_factor.reset", "User", user_id)


async def take(session: Session, sealers: Sealers, *, user_id: int, code: str) -> bool:
    """Whether the code is the app's or a recovery code, not used before. It is used now, if the caller's transaction commits."""
    row = await repository.factor(session, session.account_id, user_id, locked=True)
    if row is None or row.confirmed_at is None:
        return False
    if _take(await sealers.of(session, session.account_id), row, code):
        return True
    return await repository.use_recovery_code(session, user_id, totp.recovery_hash(code), utc_now())


def _take(sealer: Sealer, row: SecondFactor, code: str) -> bool:
    secret = sealer.open(row.secret, table="second_factor", column="secret", row=row.user_id).decode()
    step = totp.step_of(secret, code, now=utc_now(), last_step=row.last_step)
    if step is not None:
        row.last_step = step
    return step is not None


def _person(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotPermitted("in person")
    return actor.user_id
