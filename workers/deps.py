"""What the stages work with, and which engines are behind the ports: the only place, beside `backend.app`, that chooses."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from backend.analysis.language.ports import Replacements
from backend.analysis.types import Embed
from backend.config import Config
from backend.db.sealed import Sealers
from backend.db.session import Committed, Database
from backend.events import Event
from backend.infra.keys.base import KeyProvider
from backend.infra.object_store.base import ObjectStore
from backend.infra.pubsub.base import OUTBOX, PubSub
from backend.infra.queue.base import StageQueue
from backend.media.vault import Vault
from workers.asr.base import Recognizer
from workers.asr.identification import LanguageDetector
from workers.diarization.base import Diarizer
from workers.language.base import LanguageModels, Translator
from workers.parts import Addresses


@dataclass(frozen=True, slots=True)
class Engines:
    """Models. `turn` is held while one of the large ones computes: two at once would only fill the memory."""

    recognizer: Recognizer
    diarizer: Diarizer
    embed: Callable[[], Embed | None]
    turn: threading.Lock = field(default_factory=threading.Lock)
    translator: Translator | None = None
    detector: LanguageDetector | None = None
    models: LanguageModels | None = None

    def instead(self, language: str) -> Replacements | None:
        """Models in the place of shipped ones, for conversations of a language."""
        return self.models.instead(language, self.turn) if self.models else None


@dataclass(frozen=True, slots=True)
class Deps:
    config: Config
    db: Database
    queue: StageQueue
    pubsub: PubSub
    store: ObjectStore
    keys: KeyProvider
    sealers: Sealers
    engines: Engines

    @property
    def vault(self) -> Vault:
        return Vault(self.store, self.keys)


def installed_engines(config: Config) -> Engines:
    """The engines of this installation. Nothing large is imported before it is used."""
    from workers.asr.ambernet import NemoLanguageDetector
    from workers.asr.nemo import NemoRecognizer
    from workers.diarization.pyannote import PyannoteDiarizer
    from workers.language.installed import InstalledModels
    from workers.language.transformer import TransformersTranslator

    models = config.models_folder
    return Engines(
        NemoRecognizer(models),
        PyannoteDiarizer(models),
        _embed,
        translator=TransformersTranslator(models),
        detector=NemoLanguageDetector(models),
        models=InstalledModels(models),
    )


@lru_cache
def _embed() -> Embed | None:
    from backend.infra.embedder import load

    return load()


@asynccontextmanager
async def opened(config: Config, addresses: Addresses) -> AsyncIterator[Deps]:
    """Everything that a process of the installation works with; closed at the end."""
    from backend.infra.keys.local import LocalKeys
    from backend.infra.object_store.engine import open_store
    from backend.infra.pubsub.valkey import ValkeyPubSub
    from backend.infra.queue.arq import ArqQueue

    db = Database.open(addresses.app, addresses.system)
    queue, pubsub = ArqQueue(addresses.redis), ValkeyPubSub(addresses.redis)
    keys = LocalKeys(config.key_file)
    db.on_commit(waking(pubsub))
    try:
        store = open_store(config.object_store_url, config.data / "objects")
        yield Deps(config, db, queue, pubsub, store, keys, Sealers(keys), installed_engines(config))
    finally:
        await queue.close()
        await pubsub.close()
        await db.close()


def waking(pubsub: PubSub) -> Committed:
    """A hook for `Database.on_commit`: says that the outbox holds something."""

    async def hook(account_id: int, events: tuple[Event, ...]) -> None:
        await pubsub.publish(OUTBOX, {"account_id": account_id})

    return hook
