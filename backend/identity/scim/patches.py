"""
What of a PATCH the library leaves to us: changes of members, which must not cost the whole group, and attributes that no schema names.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from scim2_models import Path, Resource
from scim2_models.path import AttrPath, CompareOperator, Comparison, FilterNode, LogicalExpr, LogicalOperator, ValuePath

from backend.identity.scim.provider import NEVER_KEPT

_MEMBERS = "members"


class Way(StrEnum):
    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Member:
    """A user or a group by its SCIM id, and what the directory calls it."""

    scim_id: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class MemberChange:
    """To replace by nothing is to remove all."""

    way: Way
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A group's PATCH apart: what changes its own attributes, and what changes its members, in order."""

    own: list[Any]
    members: list[MemberChange]


class _Inseparable(Exception):
    """Members are addressed in a way that needs them all at hand, or malformed."""


def split(model: type[Resource[Any]], operations: Sequence[Any]) -> Split | None:
    """
    Parts the operations of a group's PATCH. None where members are addressed in a way that needs them all at hand, such as by a filter on
    anything but `value`, or where they are malformed: the library then decides.
    """
    found = Split([], [])
    try:
        for operation in operations:
            if operation.path is None:
                _part(operation, found)
            elif _concerns_members(model, operation.path):
                found.members.append(_change(operation))
            else:
                found.own.append(operation)
    except _Inseparable:
        return None
    return found


def _part(operation: Any, found: Split) -> None:
    """A value without a path may hold members beside other attributes."""
    value = operation.value
    key = next((key for key in value if key.lower() == _MEMBERS), None) if isinstance(value, dict) else None
    if key is None:
        found.own.append(operation)
        return
    found.members.append(MemberChange(Way(operation.op.value), _named(value[key])))
    rest = {name: item for name, item in value.items() if name != key}
    if rest:
        found.own.append(operation.model_copy(update={"value": rest}))


def _concerns_members(model: type[Resource[Any]], path: Path[Any]) -> bool:
    binding = cast("Any", Path)[model](str(path)).resolve()
    return binding is not None and binding.field_name == _MEMBERS


def _change(operation: Any) -> MemberChange:
    node, value, way = operation.path.ast, operation.value, Way(operation.op.value)
    if isinstance(node, ValuePath) and way is Way.REMOVE and value is None and node.sub_attr is None:
        return MemberChange(Way.REMOVE, _selected(node.val_filter))
    if not isinstance(node, AttrPath) or node.sub_attr is not None:
        raise _Inseparable
    if value is None and way is not Way.ADD:
        return MemberChange(Way.REPLACE)
    return MemberChange(way, _named(value))


def _selected(node: FilterNode) -> tuple[Member, ...]:
    """The members that `value eq "…"`, or several of them joined by `or`, name."""
    if isinstance(node, LogicalExpr) and node.op is LogicalOperator.or_:
        return tuple(member for term in node.terms for member in _selected(term))
    match node:
        case Comparison(attr_path=path, op=CompareOperator.eq, value=str(scim_id)) if str(path).lower() == "value":
            return (Member(scim_id),)
    raise _Inseparable


def _named(value: Any) -> tuple[Member, ...]:
    """Members from a list of objects, or from one."""
    return tuple(_member(entry) for entry in (value if isinstance(value, list) else [value]))


def _member(entry: Any) -> Member:
    plain = {str(key).lower(): item for key, item in entry.items()} if isinstance(entry, dict) else {}
    scim_id, display = plain.get("value"), plain.get("display", plain.get("displayname"))
    if not isinstance(scim_id, str) or not scim_id or not (display is None or isinstance(display, str)):
        raise _Inseparable
    return Member(scim_id, display)


def apply_unknown(resource: Resource[Any], operations: Sequence[Any]) -> bool:
    """
    Writes what the operations say of attributes that no schema names: a plain name, a dotted one, or a URN with a name. True where
    something changed. What the schemas name is the library's.
    """
    kept: dict[str, Any] = resource.unknown_attributes
    before = repr(kept)
    for operation in operations:
        for text, value in _addressed(operation):
            if text.lower() not in NEVER_KEPT and _is_unknown(type(resource), text):
                _write(kept, text, Way(operation.op.value), value)
    return repr(kept) != before


def _addressed(operation: Any) -> Iterator[tuple[str, Any]]:
    if operation.path is not None:
        yield str(operation.path), operation.value
    elif isinstance(operation.value, dict):
        yield from operation.value.items()


def _is_unknown(model: type[Resource[Any]], text: str) -> bool:
    path = cast("Any", Path)[model](text)
    node = path.ast
    if path.model is not None or not isinstance(node, AttrPath):
        return False
    if node.uri is not None:
        known = {str(model.__schema__).lower(), *(str(urn).lower() for urn in model.get_extension_models())}
        return node.uri.lower() not in known
    return cast("Any", Path)[model](node.attr).resolve() is None and node.attr.lower() != "schemas"


def _write(kept: dict[str, Any], text: str, way: Way, value: Any) -> None:
    holder, name = _place(kept, text, value)
    key = next((key for key in holder if key.lower() == name.lower()), name)
    if way is Way.REMOVE or value is None:
        holder.pop(key, None)
    elif way is Way.ADD and isinstance(holder.get(key), list):
        given = value if isinstance(value, list) else [value]
        holder[key] = [*holder[key], *(item for item in given if item not in holder[key])]
    elif isinstance(holder.get(key), dict) and isinstance(value, dict):
        holder[key] = {**holder[key], **value}
    else:
        holder[key] = value


def _place(kept: dict[str, Any], text: str, value: Any) -> tuple[dict[str, Any], str]:
    """The object that holds an attribute, and its name there. `urn:…:User` with an object is an extension, `urn:…:User:tag` is in one."""
    node = cast("AttrPath", Path(text).ast)
    if node.uri is not None:
        whole = text.lower() in {key.lower() for key in kept}
        if whole or (isinstance(value, dict) and node.sub_attr is None and node.uri not in kept):
            return kept, text
        kept = kept.setdefault(next((key for key in kept if key.lower() == node.uri.lower()), node.uri), {})
    if node.sub_attr is None:
        return kept, node.attr
    inner = kept.setdefault(node.attr, {})
    return (inner, node.sub_attr) if isinstance(inner, dict) else (kept, node.attr)
