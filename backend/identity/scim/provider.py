"""What the service says of itself, and is: its schemas, resource types and capabilities, and what it tolerates of directories."""

from __future__ import annotations

from scim2_models import (
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ETag,
    Filter,
    Pagination,
    Patch,
    Schema,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
)
from scim2_server.utils import load_default_resource_types, load_default_schemas

USER = "User"
GROUP = "Group"
CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
NEVER_KEPT = frozenset({"password"})
"""Attributes, in lower case, that are taken and dropped: people sign in through their identity provider."""

PATH = "/scim/v2"
LARGEST_BODY = 4 * 1024 * 1024
MOST_OPERATIONS = 1_000
LARGEST_PAGE = 1_000
PAGE = 100


def _schemas() -> list[Schema]:
    found = load_default_schemas()
    user = found[CORE_USER]
    user.attributes = [attribute for attribute in user.attributes or [] if attribute.name not in NEVER_KEPT]
    return list(found.values())


def _config() -> ServiceProviderConfig:
    bearer = AuthenticationScheme(
        type=AuthenticationScheme.Type.oauthbearertoken,
        name="Bearer token",
        description="A token for SCIM that an administrator of the account makes under Identity.",
        spec_uri="https://www.rfc-editor.org/info/rfc6750",
        primary=True,
    )
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=True, max_operations=MOST_OPERATIONS, max_payload_size=LARGEST_BODY),
        filter=Filter(supported=True, max_results=LARGEST_PAGE),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=True),
        etag=ETag(supported=True),
        authentication_schemes=[bearer],
        pagination=Pagination(
            cursor=False,
            index=True,
            default_pagination_method=Pagination.DefaultPaginationMethod.index,
            default_page_size=PAGE,
            max_page_size=LARGEST_PAGE,
        ),
    )


POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.keep,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
PROVIDER = ScimProvider.from_discovery(_schemas(), load_default_resource_types().values(), config=_config(), policy=POLICY)
