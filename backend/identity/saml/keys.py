"""The account's own key: made with its first identity provider, sealed, and the same for all of them."""

from __future__ import annotations

import asyncio

from backend.clock import utc_now
from backend.db.sealed import Sealers
from backend.db.session import Database, ReadSession, next_id
from backend.identity.saml import repository
from backend.identity.saml.protocol.certificates import OwnKey, new_own_key
from backend.identity.saml.tables import ServiceKey

_PLACE = {"table": "saml_key", "column": "private_key"}


async def own_key(session: ReadSession, account_id: int, sealers: Sealers) -> OwnKey | None:
    """None where the account has none yet."""
    row = next(iter(await repository.service_keys(session, account_id, utc_now())), None)
    if row is None:
        return None
    sealer = await sealers.of(session, account_id)
    return OwnKey(sealer.open(row.private_key, **_PLACE, row=row.id), row.certificate)


async def ensure_key(db: Database, sealers: Sealers, account_id: int) -> OwnKey:
    """The account's key, made now where there is none; in a transaction of its own, since making one takes a while."""
    async with db.reading(account_id) as reading:
        found = await own_key(reading, account_id, sealers)
    if found is not None:
        return found
    made = await asyncio.to_thread(new_own_key, f"Assay {account_id}", utc_now())
    async with db.writing(account_id) as session:
        number = await next_id(session, "saml_key")
        sealed = (await sealers.of(session, account_id)).seal(made.private, **_PLACE, row=number)
        now = utc_now()
        row = ServiceKey(
            account_id=account_id, id=number, private_key=sealed, certificate=made.certificate, created_at=now, signs_from=now
        )  # fmt: skip
        await repository.add_service_key(session, row)
        kept = await own_key(session, account_id, sealers)
    assert kept is not None
    return kept
