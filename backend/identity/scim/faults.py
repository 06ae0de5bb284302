"""What goes wrong, as RFC 7644 §3.12 says it."""

from __future__ import annotations

from scim2_models import ConflictException, ForbiddenException, InvalidValueException, NotFoundException, UniquenessException
from sqlalchemy.exc import IntegrityError

from backend.errors import AssayError, InvalidInput, NotFound, NotPermitted


def told(error: Exception) -> Exception:
    """The SCIM error for an expected one; any other as it is."""
    match error:
        case NotFound():
            return NotFoundException(detail=error.message)
        case NotPermitted():
            return ForbiddenException(detail=error.message)
        case InvalidInput():
            return InvalidValueException(detail=error.message)
        case AssayError():
            return ConflictException(detail=error.message)
        case IntegrityError() if "uq_scim_resource_user_name" in str(error.orig):
            return UniquenessException(detail="Another user has this userName.")
        case IntegrityError() if "uq_person_email" in str(error.orig):
            return UniquenessException(detail="Another person in the account has this address.")
    return error
