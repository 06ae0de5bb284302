"""What the application is made of. `backend.app` chooses; nobody else does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from backend.config import Config
from backend.db.notices import AccessNotices
from backend.db.sealed import Sealer, Sealers
from backend.db.session import Database, ReadSession
from backend.infra.keys.base import KeyProvider
from backend.infra.limiter.base import Limiter
from backend.infra.object_store.base import ObjectStore
from backend.infra.pubsub.base import PubSub
from backend.infra.queue.base import StageQueue

TextSearch = Callable[[ReadSession, Sealer, str], Awaitable[list[int]]]
"""The ids of the interactions whose transcripts hold all the words and phrases."""


@dataclass(frozen=True, slots=True)
class Services:
    config: Config
    database: Database
    access: AccessNotices
    queue: StageQueue
    pubsub: PubSub
    object_store: ObjectStore
    keys: KeyProvider
    sealers: Sealers
    limiter: Limiter
    matching: TextSearch
