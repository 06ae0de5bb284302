"""
Who a token lets in, and how often one address may show tokens that do not count.

Only refused tokens are counted, and only after they were looked up: one that counts is let in however many others were refused. Nobody
guesses 256 bits, so the limit keeps out no guesser that a look-up would let in; behind one address stand a whole contact centre's programs,
and one of them with a forgotten token must not stop the directory or the nightly export of all the others. What the limit does is tell such
a program to wait, in a form that programs understand. A refused token costs one look-up in an index, as any cookie that is none does.
"""

from __future__ import annotations

from backend.db.sealed import Sealers
from backend.db.session import Database
from backend.errors import TooManyRefused
from backend.identity.rules import blurred
from backend.identity.tokens.rules import Audience
from backend.identity.tokens.service import Bearer, resolve_bearer
from backend.infra.limiter.base import Limiter

WINDOW_S = 60
REFUSALS_AN_ADDRESS = 60


async def admitted(db: Database, sealers: Sealers, limiter: Limiter, token: str, audience: Audience, address: str | None) -> Bearer | None:
    """Who is behind a token, as `resolve_bearer` says it. Raises TooManyRefused where it does not count and too many before it did not."""
    found = await resolve_bearer(db, sealers, token, audience)
    if found is None:
        wait = await limiter.take(f"token-refused:{blurred(address or '')}", limit=REFUSALS_AN_ADDRESS, window_s=WINDOW_S)
        if wait is not None:
            raise TooManyRefused(wait)
    return found
