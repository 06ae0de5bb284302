"""
The application: one ASGI program that serves API, media and pages. It keeps no state of its own, so any number may run.

This is the one place where its parts are chosen.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from backend.api import exports, health, media, pages, saml, scim
from backend.api.endpoint import Endpoint
from backend.api.headers import SecurityHeaders
from backend.clock import utc_now
from backend.config import Config
from backend.db.migrate import check_roles
from backend.db.notices import AccessNotices, check_notices
from backend.db.sealed import Sealers
from backend.db.session import Database
from backend.graphql.services import Services
from backend.identity.cookies import is_secure
from backend.infra.keys.base import KeyProvider
from backend.infra.limiter.base import Limiter
from backend.infra.object_store.base import ObjectStore
from backend.infra.pubsub.base import PubSub
from backend.infra.queue.base import StageQueue
from backend.search.service import matching

log = logging.getLogger("assay.app")

_ABANDONED_S = 86_400
PAGES = Path(__file__).resolve().parents[1] / "frontend" / "dist"


def create_app(
    config: Config, database: Database, queue: StageQueue, pubsub: PubSub, object_store: ObjectStore, keys: KeyProvider, *,
    limiter: Limiter, frontend: Path | None = None,
) -> Starlette:  # fmt: skip
    """
    The application over parts that its caller opened and will close. `frontend` is the folder of the built pages. Start-up raises
    ConfigurationError where the database's role could look past row-level security, or where its notices are not heard.
    """
    services = Services(
        config=config,
        database=database,
        access=AccessNotices(database),
        queue=queue,
        pubsub=pubsub,
        object_store=object_store,
        keys=keys,
        sealers=Sealers(keys),
        limiter=limiter,
        matching=matching,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await check_roles(database)
        await check_notices(database.app)
        await asyncio.to_thread(_clear_uploads, config.data / "uploads")
        async with services.access.listening():
            yield

    return Starlette(
        routes=_routes(services, frontend or PAGES),
        middleware=[Middleware(SecurityHeaders, secure=is_secure(config))],
        lifespan=lifespan,
    )


def _routes(services: Services, frontend: Path) -> list[BaseRoute]:
    endpoint = Endpoint(services)
    return [
        Route("/graphql", GZipMiddleware(endpoint, minimum_size=1_000)),
        WebSocketRoute("/graphql", endpoint),
        *media.routes(services),
        *saml.routes(services),
        *scim.routes(services),
        *exports.routes(services),
        *health.routes(services),
        *pages.routes(frontend),
    ]


def _clear_uploads(folder: Path) -> None:
    """Removes what requests left behind when an earlier process was killed."""
    for path in folder.glob("request-*"):
        # Younger ones may be another process's, at work.
        if utc_now().timestamp() - path.stat().st_mtime < _ABANDONED_S:
            continue
        log.info("removing an upload that was not finished: %s", path.name)
        shutil.rmtree(path, ignore_errors=True)
