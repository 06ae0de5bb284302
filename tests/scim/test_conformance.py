"""scim2-tester against the running application: discovery, and every operation on every attribute of every resource type."""

from __future__ import annotations

import asyncio

import httpx2
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server


async def test_every_check_passes(directory, running):
    def checked():
        with httpx2.Client(
            base_url=f"{running.address}/scim/v2", headers={"Authorization": f"Bearer {directory.token}"}, timeout=60
        ) as http:
            return check_server(SyncSCIMClient(http))

    results = await asyncio.to_thread(checked)
    failed = [
        f"{result.status.name} {result.title} {result.resource_type}: {result.reason}"
        for result in results
        if result.status.name != "SUCCESS"
    ]
    assert not failed, "\n".join(failed)
    assert len(results) > 100
    assert {result.resource_type for result in results if result.resource_type} == {"User", "Group"}
