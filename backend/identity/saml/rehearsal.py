"""A dry run: what a pasted response would do, by the code of the real thing, with nothing written but that it was asked."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from backend.audit import service as audit
from backend.authz.actions import AccountAction
from backend.authz.actor import Actor
from backend.db.session import Session
from backend.errors import NotFound
from backend.graphql.services import Services
from backend.identity.mapping.provisioning import rehearsal
from backend.identity.mapping.rules import Outcome
from backend.identity.saml.people import Admitted, admit
from backend.identity.saml.protocol.assertion import Login, judge
from backend.identity.saml.protocol.checks import Check, Checks, Refused
from backend.identity.saml.protocol.response import authenticate
from backend.identity.saml.protocol.xml import decode_base64
from backend.identity.saml.service import Peer, expected, peer_of

_UNASKED = "Whether a request of ours waits for it, and whether it was used before, is not asked in a dry run."


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """
    `refused` None: the person would be signed in. `login` is there as soon as the response itself is good, `outcome` and `sentences` (what
    would change) where there is a person.
    """

    checks: tuple[Check, ...]
    refused: Refused | None = None
    login: Login | None = None
    outcome: Outcome | None = None
    sentences: tuple[str, ...] = ()


async def rehearse(session: Session, services: Services, actor: Actor, *, provider_id: int, pasted: str, at: datetime) -> Rehearsed:
    """`pasted` is the response as XML, as base64, or as a form sends it; `at` the clock. Raises NotFound without such a provider."""
    actor.require_account(AccountAction.IDENTITY_EDIT)
    peer = await peer_of(session, services, actor.account_id, provider_id)
    if peer is None:
        raise NotFound("There is no such identity provider.")
    found = await _rehearse(session, peer, pasted, at)
    verdict = found.refused.reason if found.refused else "accepted"
    audit.record(session, actor, "identity_provider.dry_run", "IdentityProvider", provider_id, detail={"verdict": verdict})
    return found


async def _rehearse(session: Session, peer: Peer, pasted: str, at: datetime) -> Rehearsed:
    checks, login = Checks(), None
    try:
        raw = read_pasted(pasted)
        authentic = await asyncio.to_thread(authenticate, raw, peer.trust, peer.key, checks)
        login = judge(authentic, expected(peer, at, authentic.in_response_to), checks)
        checks.note(True, "in_response_to", _UNASKED, "")
        async with rehearsal(session):
            admitted = await admit(session, peer.provider, login)
            return Rehearsed(tuple(checks.made), None, login, admitted.outcome, tuple(_sentences(admitted)))
    except Refused as refused:
        made = (
            checks.made if any(not check.holds for check in checks.made) else [*checks.made, Check(False, refused.reason, refused.message)]
        )
        return Rehearsed(tuple(made), refused, login)


def read_pasted(text: str) -> bytes:
    """A response in whatever form somebody found it. Raises Refused."""
    plain = text.strip()
    if plain.startswith("<"):
        return plain.encode()
    packed = plain.partition("SAMLResponse=")[2].partition("&")[0] or plain
    return decode_base64(unquote(packed) if "%" in packed else packed)


def _sentences(admitted: Admitted) -> list[str]:
    name = f"{admitted.user.name} ({admitted.user.email})"
    first = f"{name} is made." if admitted.created else f"{name} is signed in."
    return [first, *(change.sentence for change in admitted.changes)]
