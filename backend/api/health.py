"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

import logging

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.graphql.services import Services

log = logging.getLogger("assay.health")


async def _alive(_: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


def routes(services: Services) -> list[Route]:
    async def database() -> None:
        async with services.database.anonymous() as connection:
            await connection.execute(text("SELECT 1"))

    async def messages() -> None:
        await services.pubsub.publish("ready", {})

    async def ready(_: Request) -> Response:
        faults = []
        for name, probe in (("database", database), ("messages", messages)):
            try:
                await probe()
            except Exception:
                log.warning("%s does not answer", name, exc_info=True)
                faults.append(name)
        body = {"status": "unavailable", "unavailable": faults} if faults else {"status": "ok"}
        return JSONResponse(body, 503 if faults else 200, headers={"cache-control": "no-store"})

    return [Route("/healthz", _alive), Route("/readyz", ready)]
