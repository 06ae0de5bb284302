"""Takes a response as the service does, with the clock and our addresses given."""

from __future__ import annotations

from backend.identity.saml.protocol.assertion import Expected, Login, judge
from backend.identity.saml.protocol.checks import Checks, Refused
from backend.identity.saml.protocol.response import authenticate
from backend.identity.saml.protocol.signatures import Trust
from tests.saml.idp import ACS, ISSUER, NOON, SP, certificate_named


def take(raw: bytes, *, trust=None, key=None, checks=None, allow_sha1=False, **expected) -> Login:
    """Raises Refused."""
    checks = checks if checks is not None else Checks()
    trust = trust or Trust([certificate_named("idp")], allow_sha1)
    given = {"issuer": ISSUER, "audience": SP, "recipient": ACS, "at": NOON, "request_id": "_request", **expected}
    return judge(authenticate(raw, trust, key, checks), Expected(**given), checks)


def reason(raw: bytes, **given) -> str:
    """Why it is refused; `accepted` where it is not."""
    checks, refused = Checks(), None
    try:
        take(raw, checks=checks, **given)
    except Refused as found:
        refused = found
    failed = [check for check in checks.made if not check.holds]
    assert all(check.sentence.endswith(".") for check in checks.made), checks.made
    if refused is None:
        assert not failed, failed
        return "accepted"
    assert (refused.reason, refused.message) in [(check.code, check.sentence) for check in failed]
    return refused.reason
