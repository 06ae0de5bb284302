"""The tables of the main job, with row-level security forced on every one that has an account, and the doors before it is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.policies import door, let_system, protect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("slug", name=op.f("uq_account_slug")),
    )
    op.create_table(
        "account_key",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_account_key")),
    )
    op.create_table(
        "account_settings",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("analysis_enabled", sa.Boolean(), nullable=False),
        sa.Column("silence_ms", sa.Integer(), nullable=False),
        sa.Column("silence_on", sa.Boolean(), nullable=False),
        sa.Column("crosstalk_ms", sa.Integer(), nullable=False),
        sa.Column("crosstalk_on", sa.Boolean(), nullable=False),
        sa.Column("use_delivered_transcripts", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_settings")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object_type", sa.String(), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["account_id", "at", "id"], unique=False)
    op.create_table(
        "engagement",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_engagement_account_id_external_id")),
    )
    op.create_table(
        "indicator_category",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_indicator_category")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_indicator_category_account_id_name")),
    )
    op.create_table(
        "outbox",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_created", "outbox", ["created_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("account_role", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_person")),
    )
    op.create_index("uq_person_email", "person", ["account_id", sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "queue",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_queue")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_queue_account_id_name")),
    )
    op.create_table(
        "search_posting",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("term_id", sa.BigInteger(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "term_id", "block", name=op.f("pk_search_posting")),
    )
    op.create_table(
        "search_term",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_search_term")),
    )
    op.create_index("uq_search_term_digest", "search_term", ["account_id", "digest"], unique=True)
    op.create_table(
        "team",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_team")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_team_account_id_name")),
    )
    op.create_table(
        "topic",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("custom", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_topic")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_topic_account_id_name")),
    )
    op.create_table(
        "agent",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id", "team_id"], ["team.account_id", "team.id"], name=op.f("fk_agent_account_id_team_id_team")),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"], ["person.account_id", "person.id"], name=op.f("fk_agent_account_id_user_id_person")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_agent")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_agent_account_id_external_id")),
    )
    op.create_index("ix_agent_team", "agent", ["account_id", "team_id"], unique=False)
    op.create_index("ix_agent_user", "agent", ["account_id", "user_id"], unique=False)
    op.create_index("uq_agent_email", "agent", ["account_id", sa.literal_column("lower(email)")], unique=True)
    op.create_table(
        "indicator",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "category_id"],
            ["indicator_category.account_id", "indicator_category.id"],
            name=op.f("fk_indicator_account_id_category_id_indicator_category"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("account_id", "category_id", "name", name=op.f("uq_indicator_account_id_category_id_name")),
    )
    op.create_table(
        "person_role",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_person_role_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "role", name=op.f("pk_person_role")),
    )
    op.create_table(
        "recording",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("engagement_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_key", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("parts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.Column("playable_key", sa.String(), nullable=True),
        sa.Column("playable_mime", sa.String(), nullable=True),
        sa.Column("playable_size", sa.BigInteger(), nullable=True),
        sa.Column("peaks_key", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "engagement_id"],
            ["engagement.account_id", "engagement.id"],
            name=op.f("fk_recording_account_id_engagement_id_engagement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_recording")),
    )
    op.create_table(
        "seat",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_seat_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_seat")),
    )
    op.create_table(
        "session",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("user_agent", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_session_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_session")),
    )
    op.create_index("uq_session_token", "session", ["token_hash"], unique=True)
    op.create_table(
        "team_supervisor",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "team_id"],
            ["team.account_id", "team.id"],
            name=op.f("fk_team_supervisor_account_id_team_id_team"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_team_supervisor_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "team_id", "user_id", name=op.f("pk_team_supervisor")),
    )
    op.create_table(
        "topic_sentence",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("topic_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "topic_id"],
            ["topic.account_id", "topic.id"],
            name=op.f("fk_topic_sentence_account_id_topic_id_topic"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_topic_sentence")),
    )
    op.create_table(
        "indicator_keyword",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("inflections", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "indicator_id"],
            ["indicator.account_id", "indicator.id"],
            name=op.f("fk_indicator_keyword_account_id_indicator_id_indicator"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_indicator_keyword")),
        sa.UniqueConstraint("account_id", "indicator_id", "text", name=op.f("uq_indicator_keyword_account_id_indicator_id_text")),
    )
    op.create_table(
        "interaction",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("engagement_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("queue_id", sa.BigInteger(), nullable=True),
        sa.Column("recording_id", sa.BigInteger(), nullable=True),
        sa.Column("from_ms", sa.Integer(), server_default="0", nullable=False),
        sa.Column("to_ms", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("direction", sa.String(), nullable=True),
        sa.Column("consumer", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("language_source", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=True),
        sa.Column("offline", sa.Boolean(), nullable=False),
        sa.Column("end_to_end_encrypted", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("stage_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("current_analysis_id", sa.BigInteger(), nullable=True),
        sa.Column("engagement_score", sa.Integer(), nullable=True),
        sa.Column("sentiment_score", sa.Integer(), nullable=True),
        sa.Column("without_words", sa.Boolean(), nullable=False),
        sa.Column("indicator_mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "agent_id"], ["agent.account_id", "agent.id"], name=op.f("fk_interaction_account_id_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "engagement_id"],
            ["engagement.account_id", "engagement.id"],
            name=op.f("fk_interaction_account_id_engagement_id_engagement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "queue_id"], ["queue.account_id", "queue.id"], name=op.f("fk_interaction_account_id_queue_id_queue")
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "recording_id"],
            ["recording.account_id", "recording.id"],
            name=op.f("fk_interaction_account_id_recording_id_recording"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "team_id"], ["team.account_id", "team.id"], name=op.f("fk_interaction_account_id_team_id_team")
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("account_id", "external_id", name=op.f("uq_interaction_account_id_external_id")),
    )
    op.create_index("ix_interaction_agent", "interaction", ["account_id", "agent_id", "started_at", "id"], unique=False)
    op.create_index("ix_interaction_day", "interaction", ["account_id", "day"], unique=False)
    op.create_index("ix_interaction_duration", "interaction", ["account_id", "duration_ms", "id"], unique=False)
    op.create_index("ix_interaction_engagement", "interaction", ["account_id", "engagement_id"], unique=False)
    op.create_index("ix_interaction_engagement_score", "interaction", ["account_id", "engagement_score", "id"], unique=False)
    op.create_index("ix_interaction_language", "interaction", ["account_id", "language", "started_at", "id"], unique=False)
    op.create_index("ix_interaction_queue", "interaction", ["account_id", "queue_id", "started_at", "id"], unique=False)
    op.create_index("ix_interaction_sentiment", "interaction", ["account_id", "sentiment_score", "id"], unique=False)
    op.create_index("ix_interaction_started", "interaction", ["account_id", "started_at", "id"], unique=False)
    op.create_index("ix_interaction_team", "interaction", ["account_id", "team_id", "started_at", "id"], unique=False)
    op.create_index(
        "ix_interaction_unfinished",
        "interaction",
        ["account_id", "id"],
        unique=False,
        postgresql_where="stage NOT IN ('done', 'none') AND failure IS NULL",
    )
    op.create_table(
        "activity",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("detector", sa.String(), nullable=False),
        sa.Column("intervals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_activity_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "interaction_id", name=op.f("pk_activity")),
    )
    op.create_table(
        "delivered_transcript",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_delivered_transcript_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "interaction_id", name=op.f("pk_delivered_transcript")),
    )
    op.create_table(
        "hold_interval",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_hold_interval_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "interaction_id", "start_ms", name=op.f("pk_hold_interval")),
    )
    op.create_table(
        "interaction_event",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_interaction_event_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_interaction_event")),
    )
    op.create_index("ix_interaction_event_interaction", "interaction_event", ["account_id", "interaction_id", "id"], unique=False)
    op.create_table(
        "interaction_tag",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.BigInteger(), nullable=True),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("queue_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("engagement_score", sa.Integer(), nullable=True),
        sa.Column("sentiment_score", sa.Integer(), nullable=True),
        sa.Column("by_agent", sa.Integer(), nullable=False),
        sa.Column("by_consumer", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_interaction_tag_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", "tag_id", "interaction_id", "day", name=op.f("pk_interaction_tag")),
    )
    op.create_index("ix_interaction_tag_day", "interaction_tag", ["account_id", "day"], unique=False)
    op.create_index("ix_interaction_tag_interaction", "interaction_tag", ["account_id", "interaction_id"], unique=False)
    op.create_index(
        "ix_interaction_tag_list", "interaction_tag", ["account_id", "kind", "tag_id", "started_at", "interaction_id"], unique=False
    )
    op.create_table(
        "mention",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("indicator_id", sa.BigInteger(), nullable=False),
        sa.Column("keyword_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("end_segment", sa.Integer(), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("char_start", sa.Integer(), nullable=False),
        sa.Column("char_end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_mention_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "day", "id", name=op.f("pk_mention")),
    )
    op.create_index("ix_mention_interaction", "mention", ["account_id", "interaction_id"], unique=False)
    op.create_index("ix_mention_keyword", "mention", ["account_id", "keyword_id", "interaction_id"], unique=False)
    op.create_table(
        "search_document",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_search_document_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "ordinal", name=op.f("pk_search_document")),
    )
    op.create_index("uq_search_document_interaction", "search_document", ["account_id", "interaction_id"], unique=True)
    op.create_table(
        "speaker_role",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_speaker_role_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "interaction_id", "speaker", name=op.f("pk_speaker_role")),
    )
    op.create_table(
        "transcript",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("engine_version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_transcript_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_transcript")),
    )
    op.create_index("ix_transcript_interaction", "transcript", ["account_id", "interaction_id", "id"], unique=False)
    op.create_table(
        "analysis",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("transcript_id", sa.BigInteger(), nullable=False),
        sa.Column("analyzer_version", sa.String(), nullable=False),
        sa.Column("models", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("settings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_analysis_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "transcript_id"],
            ["transcript.account_id", "transcript.id"],
            name=op.f("fk_analysis_account_id_transcript_id_transcript"),
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_analysis")),
    )
    op.create_index("ix_analysis_interaction", "analysis", ["account_id", "interaction_id", "id"], unique=False)
    op.create_table(
        "metrics",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("analysis_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("engagement_score", sa.Integer(), nullable=True),
        sa.Column("sentiment_score", sa.Integer(), nullable=True),
        sa.Column("agent_talk_ms", sa.BigInteger(), nullable=True),
        sa.Column("consumer_talk_ms", sa.BigInteger(), nullable=True),
        sa.Column("agent_talk_share_pct", sa.Float(), nullable=True),
        sa.Column("agent_longest_spiel_ms", sa.BigInteger(), nullable=True),
        sa.Column("agent_fillers_per_min", sa.Float(), nullable=True),
        sa.Column("agent_words_per_min", sa.Float(), nullable=True),
        sa.Column("agent_patience_ms", sa.Float(), nullable=True),
        sa.Column("response_lag_ms", sa.Float(), nullable=True),
        sa.Column("speaker_changes", sa.Integer(), nullable=False),
        sa.Column("silences", sa.Integer(), nullable=False),
        sa.Column("crosstalks", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.Column("silence_ms", sa.BigInteger(), nullable=False),
        sa.Column("crosstalk_ms", sa.BigInteger(), nullable=False),
        sa.Column("hold_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "analysis_id"],
            ["analysis.account_id", "analysis.id"],
            name=op.f("fk_metrics_account_id_analysis_id_analysis"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"],
            ["interaction.account_id", "interaction.id"],
            name=op.f("fk_metrics_account_id_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "analysis_id", name=op.f("pk_metrics")),
    )
    op.create_index("ix_metrics_day", "metrics", ["account_id", "day"], unique=False)
    _protect()
    _open_doors()


PROTECTED = (
    "account_key",
    "account_settings",
    "engagement",
    "indicator_category",
    "outbox",
    "person",
    "queue",
    "search_posting",
    "search_term",
    "team",
    "topic",
    "agent",
    "indicator",
    "person_role",
    "recording",
    "seat",
    "session",
    "team_supervisor",
    "topic_sentence",
    "indicator_keyword",
    "interaction",
    "activity",
    "delivered_transcript",
    "hold_interval",
    "interaction_tag",
    "mention",
    "search_document",
    "speaker_role",
    "transcript",
    "analysis",
    "metrics",
)


def _protect() -> None:
    protect("account", key="id")
    protect("audit_entry", append_only=True)
    protect("interaction_event")
    for table in PROTECTED:
        protect(table)
    op.execute("GRANT USAGE ON SCHEMA public TO assay_app, assay_system")
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO assay_app")


def _open_doors() -> None:
    let_system("account", "SELECT", ["id", "slug"])
    let_system("session", "SELECT", ["account_id", "id", "user_id", "token_hash", "expires_at"])
    let_system("interaction", "SELECT", ["account_id", "id", "stage", "failure", "changed_at"])
    let_system("outbox", "SELECT, UPDATE, DELETE")
    door(
        "door_account_by_slug(wanted text)",
        "bigint",
        "SELECT id FROM account WHERE slug = wanted",
        to="assay_app",
    )
    door(
        "door_session_owner(wanted bytea)",
        "TABLE (account_id bigint, session_id bigint, user_id bigint)",
        "SELECT account_id, id, user_id FROM session WHERE token_hash = wanted AND expires_at > now()",
        to="assay_app",
    )
    door(
        "door_unfinished(idle double precision, most integer)",
        "TABLE (account_id bigint, interaction_id bigint, stage text)",
        """SELECT i.account_id, i.id, i.stage::text FROM interaction i
           WHERE i.stage NOT IN ('done', 'none') AND i.failure IS NULL AND i.changed_at < now() - make_interval(secs => idle)
             AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1
                             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                             AND l.classid::bigint = i.id >> 32 AND l.objid::bigint = i.id & 4294967295)
           ORDER BY i.changed_at LIMIT most""",
        to="assay_system",
    )


def downgrade() -> None:
    op.drop_index("ix_metrics_day", table_name="metrics")
    op.drop_table("metrics")
    op.drop_index("ix_analysis_interaction", table_name="analysis")
    op.drop_table("analysis")
    op.drop_index("ix_transcript_interaction", table_name="transcript")
    op.drop_table("transcript")
    op.drop_table("speaker_role")
    op.drop_index("uq_search_document_interaction", table_name="search_document")
    op.drop_table("search_document")
    op.drop_index("ix_mention_keyword", table_name="mention")
    op.drop_index("ix_mention_interaction", table_name="mention")
    op.drop_table("mention")
    op.drop_index("ix_interaction_tag_list", table_name="interaction_tag")
    op.drop_index("ix_interaction_tag_interaction", table_name="interaction_tag")
    op.drop_index("ix_interaction_tag_day", table_name="interaction_tag")
    op.drop_table("interaction_tag")
    op.drop_index("ix_interaction_event_interaction", table_name="interaction_event")
    op.drop_table("interaction_event")
    op.drop_table("hold_interval")
    op.drop_table("delivered_transcript")
    op.drop_table("activity")
    op.drop_index(
        "ix_interaction_unfinished", table_name="interaction", postgresql_where="stage NOT IN ('done', 'none') AND failure IS NULL"
    )
    op.drop_index("ix_interaction_team", table_name="interaction")
    op.drop_index("ix_interaction_started", table_name="interaction")
    op.drop_index("ix_interaction_sentiment", table_name="interaction")
    op.drop_index("ix_interaction_queue", table_name="interaction")
    op.drop_index("ix_interaction_language", table_name="interaction")
    op.drop_index("ix_interaction_engagement_score", table_name="interaction")
    op.drop_index("ix_interaction_engagement", table_name="interaction")
    op.drop_index("ix_interaction_duration", table_name="interaction")
    op.drop_index("ix_interaction_day", table_name="interaction")
    op.drop_index("ix_interaction_agent", table_name="interaction")
    op.drop_table("interaction")
    op.drop_table("indicator_keyword")
    op.drop_table("topic_sentence")
    op.drop_table("team_supervisor")
    op.drop_index("uq_session_token", table_name="session")
    op.drop_table("session")
    op.drop_table("seat")
    op.drop_table("recording")
    op.drop_table("person_role")
    op.drop_table("indicator")
    op.drop_index("uq_agent_email", table_name="agent")
    op.drop_index("ix_agent_user", table_name="agent")
    op.drop_index("ix_agent_team", table_name="agent")
    op.drop_table("agent")
    op.drop_table("topic")
    op.drop_table("team")
    op.drop_index("uq_search_term_digest", table_name="search_term")
    op.drop_table("search_term")
    op.drop_table("search_posting")
    op.drop_table("queue")
    op.drop_index("uq_person_email", table_name="person")
    op.drop_table("person")
    op.drop_index("ix_outbox_created", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("indicator_category")
    op.drop_table("engagement")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_table("account_settings")
    op.drop_table("account_key")
    op.drop_table("account")
