"""
Filters and orders of RFC 7644 §3.4.2 as SQL, so that the database finds and pages, never this process. Builds SQL, runs none.

They mean what `ScimFilter.match` means: strings without regard to case unless the attribute is exact, a filter on many values matches if
one does, `ne` if none equals, and what is absent equals null alone. Every condition is true or false, never NULL, so that `not` holds.
"""

from __future__ import annotations

import base64
import operator
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast

from scim2_models import AttributeBinding, InvalidFilterException, ScimFilter, SearchRequest
from scim2_models.path import (
    AttrPath,
    CompareOperator,
    Comparison,
    FilterNode,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
    coerce_value,
)
from sqlalchemy import String, and_, case, column, exists, false, func, literal, literal_column, not_, null, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from backend.identity.scim.columns import (
    Sql,
    addressed,
    comparable,
    compared,
    head_of,
    held_by,
    is_complex,
    own_column,
    path_of,
    within,
)
from backend.identity.scim.documents import model_of
from backend.identity.scim.tables import ScimResource

Op = CompareOperator
_PRESENT: Sql = literal_column(
    '\'strict $.** ? ((@.type() == "string" && @ != "") || @.type() == "number" || @.type() == "boolean")\'::jsonpath'
)
_MOST_NODES = 100
_ORDERED: dict[Op, Callable[[Any, Any], Sql]] = {Op.gt: operator.gt, Op.ge: operator.ge, Op.lt: operator.lt, Op.le: operator.le}


def condition(kinds: Sequence[str], found: ScimFilter[Any] | None) -> Sql:
    """Which resources of these kinds match. Raises InvalidFilterException where a filter asks for too much at once."""
    if found is None:
        return col(ScimResource.kind).in_(kinds)
    if _size(found.ast) > _MOST_NODES:
        raise InvalidFilterException(detail=f"The filter has more than {_MOST_NODES} parts. Ask in several requests.")
    return or_(*(and_(col(ScimResource.kind) == kind, _compiled(kind, found.ast)) for kind in kinds))


def _compiled(kind: str, node: FilterNode) -> Sql:
    bound = cast("Any", ScimFilter)[model_of(kind)](str(node))
    return _Resource(kind, bound).visit(bound.ast)


def _size(node: FilterNode) -> int:
    match node:
        case LogicalExpr():
            return sum(_size(term) for term in node.terms)
        case Not():
            return _size(node.expr)
        case ValuePath():
            return 1 + _size(node.val_filter)
    return 1


class _Compiler(FilterVisitor[Sql]):
    """What resources and the entries of their lists have in common."""

    def __init__(self, bound: ScimFilter[Any]) -> None:
        self.bound = bound

    def binding(self, path: AttrPath, *, compares: bool) -> AttributeBinding | None:
        resolve: Callable[..., AttributeBinding | None] = self.bound.resolve_comparison if compares else self.bound.resolve
        return resolve(path, strict=False)

    def visit_not(self, node: Not) -> Sql:
        return not_(self.visit(node.expr))

    def visit_logical_expr(self, node: LogicalExpr) -> Sql:
        terms = [self.visit(term) for term in node.terms]
        return and_(*terms) if node.op is LogicalOperator.and_ else or_(*terms)


class _Resource(_Compiler):
    """Conditions on a row of `scim_resource`."""

    def __init__(self, kind: str, bound: ScimFilter[Any]) -> None:
        super().__init__(bound)
        self.kind = kind

    def visit_comparison(self, node: Comparison) -> Sql:
        binding = self.binding(node.attr_path, compares=True)
        if binding is None:
            return false()
        value = coerce_value(binding, node.value, node.op)
        column = own_column(self.kind, binding)
        if column is not None:
            return compare(column, node.op, compared(binding, value))
        if binding.field_name in ("members", "groups") and binding.sub_field_name == "value" and node.op is Op.eq and value is not None:
            return held_by(self.kind, str(value))
        head = head_of(self.kind, binding)
        if not binding.is_multivalued:
            return _compare_json(binding, head if binding.sub_field_name is None else within(head, path_of(binding)[-1:]), node.op, value)
        if node.op is Op.ne:
            return not_(self._any(binding, head, Op.eq, value))
        return self._any(binding, head, node.op, value)

    def _any(self, binding: AttributeBinding, head: Sql, op: Op, value: Any) -> Sql:
        rows = _entries(head)
        inner = within(rows.c.value, path_of(binding)[-1:]) if binding.sub_field_name else rows.c.value
        some = _one_of(rows, _compare_json(binding, inner, op, value))
        narrowed = addressed(binding, value) if op is Op.eq else None
        if narrowed is not None:
            return and_(narrowed, some)
        return or_(head.is_(None), some) if value is None and op is Op.eq else some

    def visit_present(self, node: Present) -> Sql:
        binding = self.binding(node.attr_path, compares=False)
        if binding is None:
            return false()
        column = own_column(self.kind, binding)
        if column is not None:
            return column.is_not(None)
        head = head_of(self.kind, binding)
        if binding.sub_field_name is None:
            return _present(head)
        if not binding.is_multivalued:
            return _present(within(head, path_of(binding)[-1:]))
        rows = _entries(head)
        return _one_of(rows, _present(within(rows.c.value, path_of(binding)[-1:])))

    def visit_value_path(self, node: ValuePath) -> Sql:
        binding = self.binding(node.attr_path, compares=False)
        if binding is None:
            return false()
        inner = node.val_filter
        if binding.field_name in ("members", "groups") and isinstance(inner, Comparison) and inner.op is Op.eq:
            return self.visit_comparison(Comparison(AttrPath(node.attr_path.attr, inner.attr_path.attr), inner.op, inner.value))
        if not is_complex(binding):
            raise InvalidFilterException(detail=f"{node.attr_path} holds plain values: compare it without brackets.")
        rows = _entries(head_of(self.kind, binding))
        bound = cast("Any", ScimFilter)[binding.field_type](str(inner))
        some = _one_of(rows, _Entry(bound, rows.c.value).visit(bound.ast))
        found = _wanted(inner, "value")
        narrowed = addressed(binding, found) if found is not None else None
        return some if narrowed is None else and_(narrowed, some)


def _wanted(node: FilterNode, name: str) -> Any:
    """What every match must equal in this part, where the filter says so; None where it does not."""
    match node:
        case Comparison() if node.op is Op.eq and str(node.attr_path).lower() == name:
            return node.value
        case LogicalExpr() if node.op is LogicalOperator.and_:
            return next((found for term in node.terms if (found := _wanted(term, name)) is not None), None)
    return None


class _Entry(_Compiler):
    """Conditions on one entry of a list, inside brackets."""

    def __init__(self, bound: ScimFilter[Any], entry: Sql) -> None:
        super().__init__(bound)
        self.entry = entry

    def visit_comparison(self, node: Comparison) -> Sql:
        binding = self.binding(node.attr_path, compares=True)
        if binding is None:
            return false()
        value = coerce_value(binding, node.value, node.op)
        return _compare_json(binding, within(self.entry, path_of(binding)), node.op, value)

    def visit_present(self, node: Present) -> Sql:
        binding = self.binding(node.attr_path, compares=False)
        return false() if binding is None else _present(within(self.entry, path_of(binding)))

    def visit_value_path(self, node: ValuePath) -> Sql:
        raise InvalidFilterException(detail="Brackets inside brackets are no filter.")


def _entries(head: Sql) -> Any:
    """The entries of a list as rows of one column `value`."""
    listed = func.jsonb_array_elements(func.coalesce(head, literal_column("'[]'::jsonb")))
    return listed.table_valued(column("value", JSONB()))


def _one_of(rows: Any, holds: Sql) -> Sql:
    return exists(select(literal(1)).select_from(rows).where(holds))


def _present(value: Sql) -> Sql:
    """RFC 7644 §3.4.2.2: a non-empty value, or a complex one with a part that is."""
    return and_(value.is_not(None), func.jsonb_path_exists(value, _PRESENT))


def _compare_json(binding: AttributeBinding, value: Sql, op: Op, wanted: Any) -> Sql:
    if is_complex(binding) and wanted is not None:
        return true() if op is Op.ne else false()
    if is_complex(binding):
        return compare(value, op, None)
    if isinstance(wanted, bytes):
        wanted = base64.b64encode(wanted).decode()
    return compare(comparable(binding, value), op, compared(binding, wanted))


def compare(value: Sql, op: Op, wanted: Any) -> Sql:
    """A scalar against what the filter says. Never NULL."""
    if wanted is None:
        return {Op.eq: value.is_(None), Op.ne: value.is_not(None)}.get(op, false())
    if op is Op.ne:
        return value.is_distinct_from(wanted)
    if op in (Op.co, Op.sw, Op.ew):
        if isinstance(wanted, datetime | bool) or not _is_text(value):
            return false()
        matches = _substring(value, op, str(wanted))
    elif op is Op.eq:
        matches = value == wanted
    else:
        matches = _ORDERED[op](value.collate("C") if isinstance(wanted, str) else value, wanted)
    return and_(value.is_not(None), matches)


def _is_text(value: Sql) -> bool:
    return isinstance(value.type, String)


def _substring(value: Sql, op: Op, wanted: str) -> Sql:
    if op is Op.co:
        return func.strpos(value, wanted) > 0
    return func.starts_with(value, wanted) if op is Op.sw else func.right(value, len(wanted)) == wanted


def order(kinds: Sequence[str], request: SearchRequest[Any]) -> list[Sql]:
    """The order of a search: what is absent comes last, and first where it descends; equal ones in the order of their making."""
    number = cast("Sql", col(ScimResource.id))
    if request.sort_by is None:
        return [number]
    keys = {kind: key for kind in kinds if (key := _sort_key(kind, request)) is not None}
    if not keys:
        return [number]
    choices = [(col(ScimResource.kind) == kind, key) for kind, key in keys.items()]
    value = choices[0][1] if len(kinds) == 1 else case(*choices, else_=null())
    parts: list[Sql] = [value.is_(None), value, number]
    descending = request.sort_order is SearchRequest.SortOrder.descending
    return [part.desc() for part in parts] if descending else parts


def _sort_key(kind: str, request: SearchRequest[Any]) -> Sql | None:
    binding = request.sort_binding(model_of(kind))
    if binding is None:
        return None
    key = own_column(kind, binding)
    if key is None:
        head = head_of(kind, binding)
        if binding.is_multivalued:
            head = _first(head)
        if binding.sub_field_name:
            head = within(head, path_of(binding)[-1:])
        key = comparable(binding, head)
    return key.collate("C") if _is_text(key) else key


def _first(head: Sql) -> Sql:
    """The primary entry of a list, else the first (RFC 7644 §3.4.2.3)."""
    listed = func.jsonb_array_elements(func.coalesce(head, literal_column("'[]'::jsonb")))
    rows = listed.table_valued(column("value", JSONB()), with_ordinality="ordinality")
    primary = within(rows.c.value, ["primary"]).is_not_distinct_from(literal_column("'true'::jsonb"))
    return select(rows.c.value).order_by(primary.desc(), rows.c.ordinality).limit(1).scalar_subquery()
