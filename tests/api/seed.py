"""Interactions for tests, written through the tables, with sealed documents as the pipeline leaves them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from backend.accounts.tables import User
from backend.analyses import translations
from backend.analyses.tables import Analysis, Transcript
from backend.analysis.language.translation import Said, Translation
from backend.authz.actor import Actor
from backend.db.sealed import Sealers
from backend.db.session import Database, next_id
from backend.identity.rules import new_token, token_hash
from backend.identity.tables import Session
from backend.indicators.tables import Indicator, IndicatorCategory
from backend.interactions.tables import Engagement, Interaction, InteractionEvent, InteractionTag, Queue, SpeakerRole
from backend.licensing import service as licensing
from backend.media.tables import Recording
from backend.media.vault import Vault
from backend.roles import changing
from backend.roles.changing import NewRole
from backend.roles.service import set_roles
from backend.topics.tables import Topic
from tests.factory import World

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)

TRANSCRIPT: dict[str, Any] = {
    "language": "en",
    "duration_ms": 60_000,
    "engine": {"name": "delivered", "version": "1", "keeps_fillers": True},
    "speakers": [{"id": "agent", "role": "agent", "name": "Maya"}, {"id": "consumer", "role": "consumer"}],
    "segments": [
        {
            "speaker": "agent",
            "start_ms": 0,
            "end_ms": 2_400,
            "text": "Thanks for calling.",
            "words": [
                {"text": "Thanks", "start_ms": 0, "end_ms": 400, "confidence": 0.98},
                {"text": "for", "start_ms": 400, "end_ms": 700, "confidence": 0.9},
                {"text": "calling", "start_ms": 700, "end_ms": 2_400},
            ],
        },
        {"speaker": "consumer", "start_ms": 3_000, "end_ms": 8_000, "text": "I want to cancel."},
        {"speaker": "agent", "start_ms": 8_500, "end_ms": 9_000, "text": None},
    ],
}

_SPEAKER = {
    "talk_ms": 2_900,
    "talk_share_pct": 36.7,
    "interaction_share_pct": 4.8,
    "longest_spiel_ms": 2_400,
    "fillers_per_min": 0.0,
    "words_per_min": 62.0,
    "speed_unit": "words",
    "patience_ms": 500.0,
}

ANALYSIS: dict[str, Any] = {
    "engagement_score": {"value": 71, "balance": 0.8, "responsiveness": 0.7, "interactivity": 0.6},
    "sentiment_score": {
        "value": 42,
        "points": [{"ms": 1_200, "value": 0.1, "segment": 0}],
        "changes": [
            {"ms": 5_000, "from": "neutral", "to": "negative", "segment": 1},
            {"ms": 20_000, "from": "negative", "to": "neutral", "segment": 2},
        ],
    },
    "utterances": [
        {"segment": 0, "sentiment": "neutral", "value": 0.03},
        {"segment": 1, "sentiment": "negative", "value": -0.6},
        {"segment": 2, "sentiment": None, "value": None},
    ],
    "agent": _SPEAKER,
    "consumer": {**_SPEAKER, "talk_ms": 5_000},
    "speaker_changes": 2,
    "response_lag_ms": 600.0,
    "turns": [
        {"role": "agent", "start_ms": 0, "end_ms": 2_400, "segments": [0]},
        {"role": "consumer", "start_ms": 3_000, "end_ms": 8_000, "segments": [1]},
    ],
    "backchannels": [{"role": "agent", "start_ms": 8_500, "end_ms": 9_000, "segments": [2]}],
    "events": [{"type": "silence", "start_ms": 9_000, "end_ms": 20_000, "role": None}],
    "mentions": [
        {
            "category": "Risk",
            "indicator": "Cancellation",
            "keyword": "cancel",
            "role": "consumer",
            "segment": 1,
            "end_segment": 1,
            "start_ms": 3_000,
            "end_ms": 8_000,
            "char_start": 10,
            "char_end": 16,
            "exact": False,
        }
    ],
    "topics": [{"name": "Pricing", "score": 0.7, "passages": [{"segment": 1, "score": 0.7}]}],
    "next_steps": [{"segment": 1, "text": "I want to cancel.", "score": 0.6}],
    "good_questions": [],
    "summary": {"text": "I want to cancel.", "segments": [1]},
    "skipped": [{"feature": "words", "reason": "One segment has no words."}],
    "versions": {"analyzer": "1.0.0", "models": {}},
}


@dataclass
class Made:
    """What a test account holds beside its people."""

    queues: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)


async def furnish(db: Database, world: World) -> Made:
    """Two queues, two indicators, two topics."""
    made = Made()
    async with db.writing(world.id) as session:
        category = IndicatorCategory(account_id=world.id, name="Risk")
        session.add(category)
        await session.flush()
        for name in ("Cancellation", "Legal"):
            indicator = Indicator(account_id=world.id, category_id=category.id, name=name, created_at=NOON)
            topic = Topic(account_id=world.id, name={"Cancellation": "Pricing", "Legal": "Privacy"}[name], custom=False, created_at=NOON)
            session.add_all([indicator, topic])
            await session.flush()
            made.indicators[name], made.topics[topic.name] = indicator.id, topic.id
        for name in ("billing", "sales"):
            queue = Queue(account_id=world.id, name=name)
            session.add(queue)
            await session.flush()
            made.queues[name] = queue.id
    return made


async def add_custom(db: Database, world: World, *grants: tuple[str, str]) -> None:
    """A person `custom` who holds a role of the account's own, which permits to see every interaction unless said otherwise."""
    async with db.writing(world.id) as session:
        owner = Actor(world.id, world.users["admin"], account_role="owner")
        user = User(account_id=world.id, email="custom@example.com", name="Custom", created_at=NOON)
        session.add(user)
        await session.flush()
        world.users["custom"] = user.id
        await licensing.assign(session, owner, user_id=user.id)
        role = await changing.create(session, owner, NewRole("Custom", grants=grants or [("interaction.read", "all")]))
        await set_roles(session, owner, user_id=user.id, roles=[role])


async def add_interaction(
    db: Database,
    world: World,
    *,
    agent: str | None = "north",
    tags: dict[tuple[str, int], int] | None = None,
    engagement: int | None = None,
    **values: Any,
) -> Interaction:
    """One that is done, of the named agent. `tags` maps (kind, tag id) to mentions."""
    async with db.writing(world.id) as session:
        if engagement is None:
            row = Engagement(account_id=world.id, created_at=NOON)
            session.add(row)
            await session.flush()
            engagement = row.id
        started: datetime = values.pop("started_at", NOON)
        given = {
            "stage": "done",
            "day": date(started.year, started.month, started.day),
            "changed_at": started,
            "agent_id": world.agents[agent] if agent else None,
            "team_id": world.teams[agent] if agent else None,
            "language": "en",
            **values,
        }
        interaction = Interaction(account_id=world.id, engagement_id=engagement, started_at=started, **given)
        session.add(interaction)
        await session.flush()
        for (kind, tag_id), count in (tags or {}).items():
            session.add(_tag(interaction, kind, tag_id, count))
    return interaction


def _tag(row: Interaction, kind: str, tag_id: int, count: int) -> InteractionTag:
    names = ("day", "started_at", "agent_id", "team_id", "queue_id", "language", "channel", "engagement_score", "sentiment_score")
    return InteractionTag(
        account_id=row.account_id, kind=kind, tag_id=tag_id, interaction_id=row.id, total=count, by_consumer=count,
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip


async def add_words(db: Database, sealers: Sealers, row: Interaction, *, analysed: bool = True) -> None:
    """A transcript, speakers and, if `analysed`, the analysis."""
    async with db.writing(row.account_id) as session:
        sealer = await sealers.of(session, row.account_id)
        number = await next_id(session, "transcript")
        body = sealer.seal_json(TRANSCRIPT, table="transcript", column="body", row=number)
        session.add(
            Transcript(
                account_id=row.account_id, id=number, interaction_id=row.id, source="delivered", engine="delivered", engine_version="1",
                language="en", body=body, created_at=NOON,
            )
        )  # fmt: skip
        for speaker, role in (("agent", "agent"), ("consumer", "consumer")):
            session.add(SpeakerRole(account_id=row.account_id, interaction_id=row.id, speaker=speaker, role=role, source="channel"))
        session.add(InteractionEvent(account_id=row.account_id, interaction_id=row.id, at=NOON, what="received", detail={}))
        await session.flush()
        if analysed:
            analysis = await next_id(session, "analysis")
            body = sealer.seal_json(ANALYSIS, table="analysis", column="body", row=analysis)
            session.add(
                Analysis(
                    account_id=row.account_id, id=analysis, interaction_id=row.id, transcript_id=number, analyzer_version="1.0.0",
                    models={}, settings={"silence_ms": 5_000}, body=body, created_at=NOON,
                )
            )  # fmt: skip
            await session.flush()
            await session.execute(
                text("UPDATE interaction SET current_analysis_id = :analysis WHERE account_id = :account AND id = :id"),
                {"analysis": analysis, "account": row.account_id, "id": row.id},
            )


ENGLISH = Translation("de", "opus 1", "", ((Said(0, 19, "Thank you for your call."),), (Said(0, 17, "I would like to cancel."),), ()))


async def add_translation(db: Database, sealers: Sealers, account_id: int, interaction_id: int) -> None:
    """As if the analysed words of `add_words` were German."""
    async with db.writing(account_id) as session:
        number = await translations.save(session, await sealers.of(session, account_id), interaction_id, ENGLISH)
        await session.execute(
            text("UPDATE analysis SET translation_id = :translation WHERE account_id = :account AND interaction_id = :id"),
            {"translation": number, "account": account_id, "id": interaction_id},
        )


async def add_recording(db: Database, vault: Vault, row: Interaction, body: bytes, peaks: bytes) -> Recording:
    """A playable recording with its waveform."""
    key = await vault.new_key(row.account_id)
    stored = await vault.put(row.account_id, key.key, "call.mp4", body)
    wave = await vault.put(row.account_id, key.key, "peaks", peaks)
    async with db.writing(row.account_id) as session:
        recording = Recording(
            account_id=row.account_id, engagement_id=row.engagement_id, provider_key=key.provider, wrapped_key=key.wrapped,
            facts={}, duration_ms=60_000, playable_key=stored.object_key, playable_mime="audio/mp4", playable_size=len(body),
            peaks_key=wave.object_key, created_at=NOON,
        )  # fmt: skip
        session.add(recording)
        await session.flush()
        await session.execute(
            text("UPDATE interaction SET recording_id = :recording WHERE account_id = :account AND id = :id"),
            {"recording": recording.id, "account": row.account_id, "id": row.id},
        )
    return recording


async def open_session(db: Database, world: World, person: str, *, expires_in: timedelta = timedelta(hours=1), now: datetime) -> str:
    """A session of that person, as signing in makes it; its token."""
    token = new_token()
    async with db.writing(world.id) as session:
        session.add(
            Session(
                account_id=world.id, user_id=world.users[person], token_hash=token_hash(token), created_at=now, seen_at=now,
                expires_at=now + expires_in,
            )
        )  # fmt: skip
    return token
