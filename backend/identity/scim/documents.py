"""Between a SCIM resource, the document that is stored of it, and what the account needs to know of a person. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast
from unicodedata import normalize

from scim2_models import InvalidValueException, Resource, UniquenessException

from backend.identity.scim.provider import NEVER_KEPT, PROVIDER, USER
from backend.identity.scim.tables import ScimResource

Document = dict[str, Any]
_ELSEWHERE = frozenset({"id", "meta", "groups", "members"})
LONGEST_NAME = 512
LARGEST_BODY = 256 * 1024
_LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def model_of(kind: str) -> type[Resource[Any]]:
    return cast("type[Resource[Any]]", PROVIDER.model_for(kind))


def folded(value: str) -> str:
    """A string as two of them are compared where case does not matter."""
    return normalize("NFC", normalize("NFC", value).lower())


def body_of(resource: Resource[Any]) -> Document:
    """
    What is stored of it, under canonical names. What columns and other rows hold is left out, and passwords are. Raises
    InvalidValueException where it is larger than what is kept.
    """
    with PROVIDER:
        document: Document = resource.model_dump()
    body = {name: value for name, value in document.items() if name not in _ELSEWHERE and name.lower() not in NEVER_KEPT}
    extensions = [name for name, value in body.items() if name.lower().startswith("urn:") and isinstance(value, dict)]
    body["schemas"] = list(dict.fromkeys([*body.get("schemas", ()), *extensions]))
    _check(body)
    return body


def _check(body: Document) -> None:
    for name in ("userName", "displayName", "externalId"):
        if len(str(body.get(name, ""))) > LONGEST_NAME:
            raise InvalidValueException(detail=f"{name} may have {LONGEST_NAME} characters.")
    if len(json.dumps(body)) > LARGEST_BODY:
        raise InvalidValueException(detail=f"A resource may have {LARGEST_BODY:,} bytes beside its memberships.")


def name_of(kind: str, body: Document) -> str:
    return folded(str(body.get("userName" if kind == USER else "displayName", "")))


def version_of(row: ScimResource) -> str:
    return f'W/"{row.version}"'


def resource_of(row: ScimResource, *, groups: Sequence[Document] = (), members: Sequence[Document] = ()) -> Resource[Any]:
    """The resource with its id, meta and memberships; its location is the server's to say."""
    meta = {"resourceType": row.kind, "created": row.created_at, "lastModified": row.modified_at, "version": version_of(row)}
    whole: Document = {**deepcopy(row.body), "id": row.scim_id, "meta": meta}
    if groups:
        whole["groups"] = list(groups)
    if members:
        whole["members"] = list(members)
    with PROVIDER:
        return model_of(row.kind).model_validate(whole)


def reference(kind: str, scim_id: str) -> str:
    """Relative to the service, whose address only the server knows."""
    return f"{'Users' if kind == USER else 'Groups'}/{scim_id}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the account knows a person by. `addresses`: the best first, none twice; the userName is the last, whatever it looks like."""

    name: str
    addresses: tuple[str, ...]
    active: bool


def facts_of(body: Document) -> Facts:
    """Of a User's document. Absent `active` means active, as directories mean it."""
    user_name = str(body.get("userName", "")).strip()
    addresses = dict.fromkeys(address for address in (*_addresses(body), user_name) if address)
    return Facts(_name(body) or user_name, tuple(addresses), body.get("active") is not False)


def _addresses(body: Document) -> list[str]:
    """Primary first, then work, then the others. What is no address cannot stand for a person."""
    emails = [email for email in body.get("emails", ()) if _is_address(str(email.get("value", "")))]
    emails.sort(key=lambda email: (not email.get("primary"), email.get("type") != "work"))
    return [str(email["value"]) for email in emails]


def _is_address(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _name(body: Document) -> str:
    name = body.get("name", {})
    parts = " ".join(str(name[part]) for part in ("givenName", "familyName") if name.get(part))
    return str(body.get("displayName") or name.get("formatted") or parts).strip()


def differing(before: Document, after: Document) -> list[str]:
    """The names of the attributes in which two documents differ, without `schemas`."""
    return sorted(name for name in {*before, *after} - {"schemas"} if before.get(name) != after.get(name))


def taken(row: ScimResource, by: ScimResource) -> UniquenessException:
    """Two users of one userName: the second is refused, with what to do about the first."""
    state = "" if by.active else " It is inactive: set its active to true to bring it back."
    return UniquenessException(detail=f"The userName {row.body.get('userName')} is that of the user {by.scim_id}.{state}")
