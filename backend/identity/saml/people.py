"""From what a provider says of somebody to a person of the account, with the licence, roles and team that the rules give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backend.accounts import repository as accounts
from backend.accounts.rules import LONGEST_NAME
from backend.accounts.tables import User
from backend.authz.actor import Actor, system
from backend.db.session import Session
from backend.errors import InvalidInput
from backend.identity.mapping import provisioning
from backend.identity.mapping import repository as mapping
from backend.identity.mapping.provisioning import Change
from backend.identity.mapping.rules import Outcome, decide
from backend.identity.people import service as people
from backend.identity.people.service import NewPerson
from backend.identity.saml import repository
from backend.identity.saml.protocol.assertion import Login
from backend.identity.saml.protocol.checks import Refused
from backend.identity.saml.tables import IdentityProvider

SOURCE = "saml"
GROUPS = "groups"
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
EMAILS = ("email", "mail", "emailAddress", "urn:oid:0.9.2342.19200300.100.1.3", f"{_CLAIMS}emailaddress")
NAMES = ("displayName", "name", "cn", "urn:oid:2.16.840.1.113730.3.1.241", "http://schemas.microsoft.com/identity/claims/displayname")
PARTS = (
    ("givenName", "sn"),
    ("firstName", "lastName"),
    ("urn:oid:2.5.4.42", "urn:oid:2.5.4.4"),
    (f"{_CLAIMS}givenname", f"{_CLAIMS}surname"),
)
_TRANSIENT = "nameid-format:transient"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who signs in, whether they were made just now, and what the rules decided and did."""

    user: User
    created: bool
    outcome: Outcome
    changes: tuple[Change, ...]


async def admit(session: Session, provider: IdentityProvider, login: Login) -> Admitted:
    """
    The person behind a login: by the provider's lasting name for them, then by address, else made if the provider may. Raises Refused where
    there is nobody, or they are switched off. Seats, roles and team follow the provider's rules.
    """
    actor = system(session.account_id)
    user, created = await _person(session, actor, provider, login)
    if not user.active:
        raise Refused("inactive", f"{user.name} is switched off in this account. An administrator can let them in again.")
    if not login.name_id_format.endswith(_TRANSIENT):
        await repository.link(session, provider.id, login.name_id, user.id)
    rules = await mapping.rules(session, session.account_id, provider_id=provider.id)
    outcome = decide(rules, mapped_attributes(provider, login))
    changes = await provisioning.apply(session, actor, user_id=user.id, outcome=outcome, source=SOURCE)
    return Admitted(user, created, outcome, tuple(changes))


def mapped_attributes(provider: IdentityProvider, login: Login) -> Mapping[str, tuple[str, ...]]:
    """What rules may name: every attribute, and the groups by the plain name `groups` too, wherever this provider keeps them."""
    found = dict(login.attributes)
    if provider.groups_attribute and provider.groups_attribute in found:
        found.setdefault(GROUPS, found[provider.groups_attribute])
    return found


def email_of(provider: IdentityProvider, login: Login) -> str | None:
    """The address: the attribute that the provider's settings name, else one of the usual ones, else the name itself if it is one."""
    names = (provider.email_attribute,) if provider.email_attribute else EMAILS
    found = next((values[0] for name in names if (values := login.attributes.get(name)) and values[0]), None)
    if found is None and not provider.email_attribute and "@" in login.name_id:
        return login.name_id
    return found


def name_of(provider: IdentityProvider, login: Login, email: str) -> str:
    """The person's name on one line, else what stands before the @."""
    names = (provider.name_attribute,) if provider.name_attribute else NAMES
    whole = next((values[0] for name in names if (values := login.attributes.get(name)) and values[0]), None)
    if whole is None and not provider.name_attribute:
        parts = [[login.attributes.get(part, ("",)) for part in pair] for pair in PARTS]
        whole = next((" ".join(values[0] for values in pair) for pair in parts if all(values and values[0] for values in pair)), None)
    printable = "".join(character for character in whole or "" if character.isprintable())
    return " ".join(printable.split())[:LONGEST_NAME] or email.partition("@")[0]


async def _person(session: Session, actor: Actor, provider: IdentityProvider, login: Login) -> tuple[User, bool]:
    known = await repository.subject(session, session.account_id, provider.id, login.name_id)
    if known is not None:
        return known, False
    email = email_of(provider, login)
    if email is None:
        looked = provider.email_attribute or ", ".join(EMAILS)
        raise Refused("no_email", f"The provider named no email address; it was looked for under: {looked}.")
    found = await accounts.user_by_email(session, session.account_id, email)
    if found is not None:
        return found, False
    if not provider.create_users:
        raise Refused("unknown_person", f"There is no person with the address {email[:200]} in this account, and this provider makes none.")
    try:
        return await people.create(session, actor, NewPerson(email, name_of(provider, login, email), SOURCE)), True
    except InvalidInput as error:
        raise Refused("no_email", f"The provider named {email[:200]!r}: {error.message}") from error
