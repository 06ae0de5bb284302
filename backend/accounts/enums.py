"""Words of accounts that clients choose among."""

from __future__ import annotations

from enum import Enum

import strawberry


@strawberry.enum(description="What a person is to the account; apart from QM roles.")
class AccountRole(Enum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


@strawberry.enum(description="Who gave it: somebody by hand, a SAML response, SCIM.")
class Source(Enum):
    MANUAL = "manual"
    SAML = "saml"
    SCIM = "scim"
