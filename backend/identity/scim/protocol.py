"""
The protocol between HTTP and the storage: the library's steps, changed where ours must be cheaper or kinder. No I/O but the storage's.

Kinder: what directories send beside the standard is put into its words, and attributes that no schema names are kept. Cheaper: resources
are answered without being copied and validated once more, and a group's members are neither loaded to change a few of them nor built one
by one to be shown.
"""

from __future__ import annotations

import json
import logging
import re
from http import HTTPStatus
from typing import Any

from scim2_models import Context, Error, PatchOp, Resource, ResourceType, SCIMException, SearchRequest
from scim2_server.conditions import Conditions
from scim2_server.handler import AsyncScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService
from scim2_server.storage import SearchPage

from backend.identity.scim.dialects import plain_bulk, plain_patch
from backend.identity.scim.documents import Document, model_of
from backend.identity.scim.patches import apply_unknown, split
from backend.identity.scim.provider import GROUP, LARGEST_BODY, PROVIDER
from backend.identity.scim.storage import PostgresStorage

log = logging.getLogger("assay.scim")

_VALIDATION = re.compile(r"^(\S+)\n  (.+?)(?: \[type=.*)?$", re.MULTILINE)
"""A fault as the library's models print it: where, and what is wrong."""
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


class Service(ScimService):
    """The library's steps over our provider."""

    @staticmethod
    def error_of(exception: Exception) -> Error:
        """What nobody expects is logged: a bulk request would otherwise hide it."""
        if not isinstance(exception, SCIMException):
            log.error("a SCIM operation failed", exc_info=exception)
        error = ScimService.error_of(exception)
        if error.detail and (found := _VALIDATION.findall(error.detail)):
            error.detail = "; ".join(f"{place}: {what}" for place, what in found)
        return error

    def max_body_size(self, request: ScimRequest) -> int | None:
        return LARGEST_BODY

    def publish(self, base_url: str, resource: Resource[Any]) -> Resource[Any]:
        """In place: the storage made the resource for this answer alone."""
        assert resource.meta is not None
        location = self.resource_location(base_url, self.get_resource_type_of(resource), str(resource.id))
        resource.meta = resource.meta.model_copy(update={"location": location})
        for entry in (*(getattr(resource, "groups", None) or ()), *(getattr(resource, "members", None) or ())):
            if entry.ref is not None:
                entry.ref = self.reference_location(base_url, entry.ref)
        return resource

    def search_response(
        self, base_url: str, resource_types: list[ResourceType], page: SearchPage, search_request: SearchRequest[Any]
    ) -> ScimResponse:
        shown = [
            self.publish(base_url, resource).model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=search_request)
            for resource in page.resources
        ]
        body: Document = {
            "schemas": [_LIST],
            "totalResults": page.total,
            "itemsPerPage": len(shown),
            "startIndex": search_request.start_index,
        }
        return ScimResponse(HTTPStatus.OK, {**body, "Resources": shown})

    def read_patch(self, resource_type: ResourceType, body: bytes, content_type: str | None) -> PatchOp[Any]:
        return super().read_patch(resource_type, _rewritten(body, plain_patch), content_type)

    def read_bulk(self, body: bytes, content_type: str | None) -> Any:
        return super().read_bulk(_rewritten(body, plain_bulk), content_type)

    def apply_replacement(self, current: Resource[Any], replacement: Resource[Any], conditions: Conditions) -> Resource[Any] | None:
        changed = super().apply_replacement(current, replacement, conditions)
        same = current.unknown_attributes == replacement.unknown_attributes
        return changed if changed is not None or same else replacement

    def apply_patch(self, current: Resource[Any], patch_op: PatchOp[Any], conditions: Conditions) -> Resource[Any] | None:
        changed = super().apply_patch(current, patch_op, conditions)
        kept = apply_unknown(current, patch_op.operations or ())
        return current if changed is not None or kept else None


class Handler(AsyncScimHandler):
    """The library's order of steps, with ways of our own through groups."""

    storage: PostgresStorage

    async def replace_resource(
        self, resource_type: ResourceType, current: Resource[Any], replacement: Resource[Any], conditions: Conditions
    ) -> Resource[Any]:
        if resource_type.name != GROUP or self.storage.whole:
            return await super().replace_resource(resource_type, current, replacement, conditions)
        assert current.meta is not None
        version = current.meta.version
        # The members are not at hand: whether they change, the storage sees.
        changed = self.service.apply_replacement(current, replacement, conditions) or replacement
        return await self.storage.update(resource_type, changed, expected_version=version)

    async def patch_resource(
        self, resource_type: ResourceType, resource_id: str, patch_op: PatchOp[Any], conditions: Conditions
    ) -> Resource[Any]:
        parts = split(model_of(GROUP), patch_op.operations or ()) if resource_type.name == GROUP else None
        if resource_type.name != GROUP:
            return await super().patch_resource(resource_type, resource_id, patch_op, conditions)
        if parts is None:
            return await self._patch_whole_group(resource_type, resource_id, patch_op, conditions)
        current = await self.storage.get(resource_type, resource_id)
        assert current.meta is not None
        version = current.meta.version
        own = patch_op.model_copy(update={"operations": parts.own})
        changed = self.service.apply_patch(current, own, conditions)
        if changed is None and not parts.members:
            return current
        return await self.storage.patch_group(resource_type, current, parts.members, expected_version=version)

    async def _patch_whole_group(
        self, resource_type: ResourceType, resource_id: str, patch_op: PatchOp[Any], conditions: Conditions
    ) -> Resource[Any]:
        current = await self.storage.get_whole(resource_type, resource_id)
        assert current.meta is not None
        version = current.meta.version
        changed = self.service.apply_patch(current, patch_op, conditions)
        return await self.storage.update(resource_type, changed, expected_version=version) if changed else current


SERVICE = Service(PROVIDER)


async def answer(storage: PostgresStorage, request: ScimRequest) -> ScimResponse:
    """What a request is answered. Expected errors are answers; anything else is raised."""
    try:
        response = await Handler(SERVICE, storage).handle(request)
    except SCIMException as error:
        return SERVICE.error_response(error)
    if storage.aside and response.body is not None:
        for document in response.body.get("Resources", [response.body]):
            _add_members(document, storage.aside, request.base_url)
    return response


def _add_members(document: Document, aside: dict[str, list[Document]], base_url: str) -> None:
    members = aside.get(document.get("id", ""))
    if members:
        document["members"] = [{**member, "$ref": f"{base_url}/{member['$ref']}"} for member in members]


def _rewritten(body: bytes, change: Any) -> bytes:
    """A body in the standard's words; what is no JSON is left for the library to refuse."""
    try:
        return json.dumps(change(json.loads(body))).encode()
    except (ValueError, RecursionError):
        return body
