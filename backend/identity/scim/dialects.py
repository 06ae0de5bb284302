"""
What directories send beside the standard, put into its words before it is read. Pure.

Microsoft Entra ID writes a PATCH without a path whose keys are paths with filters, gives a manager as the plain id, and wraps single
objects into lists; capitalised operations, booleans as text and members in the value of a removal are understood where they stand.
"""

from __future__ import annotations

from typing import Any

from backend.identity.scim.documents import Document
from backend.identity.scim.provider import ENTERPRISE

_MANAGER = f"{ENTERPRISE}:manager".lower()


def plain_patch(document: Any) -> Any:
    """A PATCH's document with each operation in a form that the standard knows. What is no PATCH is returned as it is."""
    if not isinstance(document, dict):
        return document
    plain = dict(document)
    for key, operations in document.items():
        if key.lower() == "operations" and isinstance(operations, list):
            plain[key] = [part for operation in operations for part in _parts(operation)]
    return plain


def plain_bulk(document: Any) -> Any:
    """A bulk request's document with every PATCH in it put into the standard's words."""
    if not isinstance(document, dict):
        return document
    plain = dict(document)
    for key, operations in document.items():
        if key.lower() == "operations" and isinstance(operations, list):
            plain[key] = [_bulk_part(operation) for operation in operations]
    return plain


def _bulk_part(operation: Any) -> Any:
    if not isinstance(operation, dict) or str(operation.get("method", "")).upper() != "PATCH":
        return operation
    return {key: plain_patch(item) if key.lower() == "data" else item for key, item in operation.items()}


def _parts(operation: Any) -> list[Any]:
    """The operation, and one more for each key of its value that is a path with a filter."""
    if not isinstance(operation, dict):
        return [operation]
    named = {str(key).lower(): key for key in operation}
    value = operation.get(named.get("value", "value"))
    path = operation.get(named.get("path", "path"))
    if isinstance(path, str) and path.lower() == _MANAGER:
        return [{**operation, named["value"]: _manager(value)}] if "value" in named else [operation]
    if path not in (None, "") or not isinstance(value, dict):
        return [operation]
    rest, filtered = _divided(value)
    found: list[Any] = [{**operation, named["value"]: rest}] if rest or not filtered else []
    return found + [{"op": operation.get(named.get("op", "op")), "path": key, "value": item} for key, item in filtered.items()]


def _divided(value: Document) -> tuple[Document, Document]:
    rest = {key: _manager(item) if key.lower() == _MANAGER else item for key, item in value.items() if "[" not in key}
    return rest, {key: item for key, item in value.items() if "[" in key}


def _manager(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return {"value": value} if isinstance(value, str) and value else value
