"""
Where an attribute lies in the database: in a column of its own, in the stored document, or in the memberships. Builds SQL, runs none.

Values that are compared often lie in columns, in the form in which they are compared: row-level security lets an index serve only
operators that leak nothing, which plain equality is and `lower()` is not.
"""

from __future__ import annotations

from typing import Any, cast

from scim2_models import AttributeBinding, BaseModel, Extension
from sqlalchemy import Boolean, ColumnElement, Text, func, literal, literal_column, select, type_coerce
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlmodel import col

from backend.identity.scim.documents import folded
from backend.identity.scim.provider import GROUP, USER
from backend.identity.scim.tables import ScimEmail, ScimMember, ScimResource

Sql = ColumnElement[Any]
OWN: dict[str, Sql] = {
    "id": type_coerce(col(ScimResource.scim_id), Text()),
    "external_id": type_coerce(col(ScimResource.external_id), Text()),
    "created": cast("Sql", col(ScimResource.created_at)),
    "last_modified": cast("Sql", col(ScimResource.modified_at)),
    "resource_type": func.lower(col(ScimResource.kind), type_=Text()),
}
FOLDED = {(USER, "user_name"), (GROUP, "display_name")}


def path_of(binding: AttributeBinding) -> list[str]:
    """The names under which an attribute stands in a document, e.g. `["name", "familyName"]`."""
    schema = str(getattr(binding.model, "__schema__", "") or "")
    names = binding.urn.removeprefix(f"{schema}:").split(".") if schema else binding.urn.split(".")
    inside = isinstance(binding.model, type) and issubclass(binding.model, Extension)
    return [schema, *names] if inside else names


def own_column(kind: str, binding: AttributeBinding) -> Sql | None:
    """The column that holds the attribute in the form in which it is compared, where there is one."""
    if isinstance(binding.model, type) and issubclass(binding.model, Extension):
        return None
    if (kind, binding.field_name) in FOLDED:
        return type_coerce(col(ScimResource.name_key), Text())
    if binding.field_name == "meta":
        if binding.sub_field_name == "version":
            return func.concat('W/"', col(ScimResource.version), '"', type_=Text())
        return OWN.get(binding.sub_field_name or "")
    return OWN[binding.field_name] if binding.field_name in ("id", "external_id") else None


def head_of(kind: str, binding: AttributeBinding) -> Sql:
    """The attribute itself as JSON, with all its values; SQL's NULL where it is absent."""
    if (kind, binding.field_name) == (GROUP, "members"):
        return _members()
    if (kind, binding.field_name) == (USER, "groups"):
        return _groups()
    names = path_of(binding)
    return within(cast("Sql", col(ScimResource.body)), names[:-1] if binding.sub_field_name else names)


def within(document: Sql, names: list[str]) -> Sql:
    for name in names:
        document = document.op("->", return_type=JSONB())(literal(name))
    return document


def text_of(value: Sql) -> Sql:
    """A JSON scalar as text, without quotes."""
    return value.op("#>>", return_type=Text())(literal_column("'{}'::text[]"))


def comparable(binding: AttributeBinding, value: Sql) -> Sql:
    """A JSON scalar in the type, and for strings in the form, in which the attribute is compared."""
    if binding.target_type is bool:
        return text_of(value).cast(Boolean())
    return text_of(value) if binding.case_exact else func.lower(func.normalize(text_of(value)), type_=Text())


def compared(binding: AttributeBinding, value: Any) -> Any:
    """What a filter compares with, in the same form."""
    if isinstance(value, str) and not binding.case_exact:
        return folded(value)
    return value


def is_complex(binding: AttributeBinding) -> bool:
    target = binding.target_type
    return isinstance(target, type) and issubclass(target, BaseModel)


def held_by(kind: str, scim_id: str) -> Sql:
    """Whether a group holds this resource, or a user is in this group: by index, however many there are."""
    other = aliased(ScimResource)
    mine, its = (ScimMember.group_id, ScimMember.member_id) if kind == GROUP else (ScimMember.member_id, ScimMember.group_id)
    query = (
        select(col(mine))
        .join(other, (col(other.account_id) == col(ScimMember.account_id)) & (col(other.id) == col(its)))
        .where(col(ScimMember.account_id) == col(ScimResource.account_id), col(other.scim_id) == scim_id)
        .correlate(ScimResource)
    )
    return col(ScimResource.id).in_(query)


def addressed(binding: AttributeBinding, value: Any) -> Sql | None:
    """
    Whether a user has this address, by index: what a condition on `emails` may be narrowed by. None for anything else. Addresses are kept
    cut to 320 characters, so that the whole one must be compared beside.
    """
    if binding.field_name != "emails" or binding.sub_field_name not in (None, "value") or not isinstance(value, str):
        return None
    query = select(col(ScimEmail.resource_id)).where(
        col(ScimEmail.account_id) == col(ScimResource.account_id), col(ScimEmail.email_key) == folded(value)[:320]
    )
    return col(ScimResource.id).in_(query.correlate(ScimResource))


def _members() -> Sql:
    member = aliased(ScimResource)
    entry = func.jsonb_build_object("value", col(member.scim_id), "type", col(member.kind), "display", col(ScimMember.display))
    joined = (col(member.account_id) == col(ScimMember.account_id)) & (col(member.id) == col(ScimMember.member_id))
    here = (col(ScimMember.account_id) == col(ScimResource.account_id), col(ScimMember.group_id) == col(ScimResource.id))
    listed = select(func.jsonb_agg(entry, type_=JSONB())).select_from(ScimMember).join(member, joined).where(*here)
    return listed.correlate(ScimResource).scalar_subquery()


def _groups() -> Sql:
    group = aliased(ScimResource)
    entry = func.jsonb_build_object("value", col(group.scim_id), "type", "direct", "display", group.body["displayName"])
    joined = (col(group.account_id) == col(ScimMember.account_id)) & (col(group.id) == col(ScimMember.group_id))
    here = (col(ScimMember.account_id) == col(ScimResource.account_id), col(ScimMember.member_id) == col(ScimResource.id))
    listed = select(func.jsonb_agg(entry, type_=JSONB())).select_from(ScimMember).join(group, joined).where(*here)
    return listed.correlate(ScimResource).scalar_subquery()
