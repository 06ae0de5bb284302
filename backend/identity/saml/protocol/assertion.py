"""Whether a signed assertion is meant for us, now, and what it says of a person (SAML profiles 4.1.4.2 and 4.1.4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.identity.saml.protocol.checks import Checks, Refused
from backend.identity.saml.protocol.response import Authentic
from backend.identity.saml.protocol.xml import Element, child, children, instant, tag, text_of

SKEW = timedelta(minutes=3)
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_KNOWN_CONDITIONS = {tag("saml", name) for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}
_LONGEST_NAME = 1_024


@dataclass(frozen=True, slots=True)
class Expected:
    """
    What an answer to us must say. `audience` is our entity id, `recipient` our consumer service; `request_id` the request that waits for
    this answer, None where none does; `unsolicited`: sign-in that the provider began is allowed. `at` is the clock.
    """

    issuer: str
    audience: str
    recipient: str
    at: datetime
    request_id: str | None = None
    unsolicited: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """A person as the provider names them. `expires_at`: until when the assertion could be used once more, so its id is kept as long."""

    assertion_id: str
    name_id: str
    name_id_format: str
    session_index: str | None
    attributes: Mapping[str, tuple[str, ...]]
    expires_at: datetime
    in_response_to: str | None


def judge(authentic: Authentic, expected: Expected, checks: Checks) -> Login:
    """Makes every check, then raises Refused for the first that does not hold."""
    assertion = authentic.assertion
    try:
        _addressed(authentic, expected, checks)
        expires_at = _confirmed(assertion, expected, checks)
        _in_time(assertion, expected, checks)
        session_index = _signed_on(assertion, expected, checks)
        name, form = _subject(assertion, checks)
        attributes = _attributes(assertion, checks)
    except Refused as refused:
        checks.refuse(refused)
    _answers(authentic, expected, checks)
    checks.settle()
    found = assertion.get("ID", "")
    return Login(found, name, form, session_index, attributes, expires_at + SKEW, authentic.in_response_to)


def _addressed(authentic: Authentic, expected: Expected, checks: Checks) -> None:
    """Both the response and the assertion name their issuer; a signed response names its address too (bindings 3.5.5.2)."""
    response, assertion = authentic.response, authentic.assertion
    for what, element in (("Response", response), ("assertion", assertion)):
        named = text_of(child(element, "saml", "Issuer"))
        sentence, fault = f"The {what} comes from {expected.issuer}.", f"The {what} does not say whom it comes from."
        fault = f"The {what} comes from {named[:200]!r}, and not from {expected.issuer}." if named else fault
        checks.note(named == expected.issuer, "issuer", sentence, fault)
    destination = response.get("Destination")
    fits = destination == expected.recipient or (destination is None and not authentic.whole)
    sent = f"It was sent to {destination[:200]!r}" if destination is not None else "It does not say where it was sent to"
    sentence = "It was sent to our address." if destination else "It names no destination, and need not."
    checks.note(fits, "destination", sentence, f"{sent}, and our address is {expected.recipient}.")
    whole = assertion.get("Version") == "2.0" and bool(assertion.get("ID"))
    checks.note(whole, "malformed", "The assertion is of SAML 2.0.", "The assertion has no ID, or is not of SAML 2.0.")


def _confirmed(assertion: Element, expected: Expected, checks: Checks) -> datetime:
    """One bearer confirmation must fit as a whole; the latest instant at which it can be used."""
    faults: list[tuple[str, str]] = []
    for confirmation in children(_subject_of(assertion), "saml", "SubjectConfirmation"):
        if confirmation.get("Method") != _BEARER:
            continue
        fault, until = _confirmation(confirmation, expected)
        if fault is None and until is not None:
            checks.note(True, "confirmation", "The bearer's confirmation is for our address, and in time.", "")
            return until
        faults.append(fault or ("confirmation", "The bearer's confirmation has no end."))
    code, fault_found = faults[0] if faults else ("confirmation", "The subject is confirmed by no bearer confirmation.")
    checks.note(False, code, "", fault_found)
    return expected.at


def _confirmation(confirmation: Element, expected: Expected) -> tuple[tuple[str, str] | None, datetime | None]:
    data = child(confirmation, "saml", "SubjectConfirmationData")
    if data is None:
        return ("confirmation", "The bearer's confirmation has no data."), None
    until = instant(data.get("NotOnOrAfter"), "SubjectConfirmationData NotOnOrAfter")
    begins = instant(data.get("NotBefore"), "SubjectConfirmationData NotBefore")
    recipient = data.get("Recipient")
    if recipient != expected.recipient:
        return ("recipient", f"It is for {(recipient or 'nobody')[:200]!r}, and our address is {expected.recipient}."), None
    if begins is not None and begins - SKEW > expected.at:
        return ("not_yet_valid", f"It can be used from {begins:%Y-%m-%d %H:%M:%S} UTC on, and it is {expected.at:%Y-%m-%d %H:%M:%S}."), None
    if until is None:
        return ("confirmation", "The bearer's confirmation has no end."), None
    if until + SKEW <= expected.at:
        return ("expired", f"It could be used until {until:%Y-%m-%d %H:%M:%S} UTC, and it is {expected.at:%Y-%m-%d %H:%M:%S}."), None
    return None, until


def _in_time(assertion: Element, expected: Expected, checks: Checks) -> None:
    conditions = child(assertion, "saml", "Conditions")
    begins = ends = None
    if conditions is not None:
        begins = instant(conditions.get("NotBefore"), "Conditions NotBefore")
        ends = instant(conditions.get("NotOnOrAfter"), "Conditions NotOnOrAfter")
        strange = [part.tag for part in conditions if isinstance(part.tag, str) and part.tag not in _KNOWN_CONDITIONS]
        checks.note(
            not strange, "condition", "Every condition is one that we know.", f"It depends on {strange[:1]}, which is unknown here."
        )
    early = begins is not None and begins - SKEW > expected.at
    late = ends is not None and ends + SKEW <= expected.at
    checks.note(not early, "not_yet_valid", "It is valid already.", f"It is not valid before {begins}, and it is {expected.at}.")
    checks.note(not late, "expired", "It has not expired.", f"It expired at {ends}, and it is {expected.at}.")
    _for_us(conditions, expected, checks)


def _for_us(conditions: Element | None, expected: Expected, checks: Checks) -> None:
    restrictions = [] if conditions is None else children(conditions, "saml", "AudienceRestriction")
    named = [[text_of(audience) for audience in children(part, "saml", "Audience")] for part in restrictions]
    fits = bool(named) and all(expected.audience in audiences for audiences in named)
    others = ", ".join(audience for audiences in named for audience in audiences)[:200] or "nobody in particular"
    checks.note(
        fits, "audience", "It is meant for this service.", f"It is meant for {others}, and this service is {expected.audience}."
    )  # fmt: skip


def _signed_on(assertion: Element, expected: Expected, checks: Checks) -> str | None:
    statements = children(assertion, "saml", "AuthnStatement")
    checks.note(bool(statements), "authentication", "It says that the person signed in.", "It does not say that anybody signed in.")
    for statement in statements:
        ends = instant(statement.get("SessionNotOnOrAfter"), "SessionNotOnOrAfter")
        over = ends is not None and ends + SKEW <= expected.at
        checks.note(not over, "expired", "The session at the provider lasts.", f"The session at the provider ended at {ends}.")
    return statements[0].get("SessionIndex") if statements else None


def _subject_of(assertion: Element) -> Element:
    found = child(assertion, "saml", "Subject")
    if found is None:
        raise Refused("subject", "The assertion names nobody.")
    return found


def _subject(assertion: Element, checks: Checks) -> tuple[str, str]:
    subject = _subject_of(assertion)
    if child(subject, "saml", "EncryptedID") is not None:
        raise Refused("encryption", "The subject's name is encrypted by itself, which is not taken: encrypt the whole assertion.")
    name = child(subject, "saml", "NameID")
    text = text_of(name)
    plain = name is not None and not any(isinstance(part.tag, str) for part in name)
    checks.note(
        plain and 0 < len(text) <= _LONGEST_NAME, "subject", f"It names {text[:200]}.", "It has no NameID, or one that is no text."
    )  # fmt: skip
    return text, "" if name is None else name.get("Format", "")


def _attributes(assertion: Element, checks: Checks) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    twice: list[str] = []
    for statement in children(assertion, "saml", "AttributeStatement"):
        if child(statement, "saml", "EncryptedAttribute") is not None:
            raise Refused("encryption", "An attribute is encrypted by itself, which is not taken: encrypt the whole assertion.")
        for attribute in children(statement, "saml", "Attribute"):
            name = attribute.get("Name", "")
            twice += [name] if name in found else []
            found[name] = tuple(text_of(value) for value in children(attribute, "saml", "AttributeValue"))
    checks.note(
        not twice, "duplicate_attributes", "No attribute is named twice.", f"The attribute {', '.join(twice)[:200]} is named twice."
    )  # fmt: skip
    return found


def _answers(authentic: Authentic, expected: Expected, checks: Checks) -> None:
    answered, outer = authentic.in_response_to, authentic.response.get("InResponseTo")
    if answered is None:
        checks.note(
            expected.unsolicited, "unsolicited", "The provider began the sign-in, which is allowed for it.",
            "The provider began the sign-in itself, which is not allowed for it: start at the sign-in page.",
        )  # fmt: skip
        return
    fits = answered == expected.request_id and outer in {None, answered}
    checks.note(
        fits, "in_response_to", "It answers a request of ours that was waiting.",
        "It answers no request of ours that is waiting: it came too late, or it was used already. Start again at the sign-in page.",
    )  # fmt: skip
