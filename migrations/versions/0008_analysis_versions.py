"""Analyses by version: built aside, compared, and made current in one step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.policies import door, let_system, protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _runs()
    _items()
    _changes()
    for table in ("reanalysis", "reanalysis_item", "reanalysis_change"):
        protect(table)
    let_system("reanalysis", "SELECT", ["account_id", "id", "state"])
    let_system("reanalysis_item", "SELECT", ["account_id", "reanalysis_id", "interaction_id", "state", "claimed_at"])
    door(
        "door_reanalysing(idle double precision, most integer)",
        "TABLE (account_id bigint, interaction_id bigint)",
        """SELECT DISTINCT t.account_id, t.interaction_id FROM reanalysis_item t
           JOIN reanalysis r ON r.account_id = t.account_id AND r.id = t.reanalysis_id AND r.state = 'running'
           WHERE t.state = 'working' AND t.claimed_at < now() - make_interval(secs => idle)
             AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1
                             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                             AND l.classid::bigint = t.interaction_id >> 32 AND l.objid::bigint = t.interaction_id & 4294967295)
           LIMIT most""",
        to="assay_system",
    )


def _runs() -> None:
    op.create_table(
        "reanalysis",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("filtered", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("started_by", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_reanalysis")),
        _within("reanalysis", "interaction"),
    )


def _items() -> None:
    op.create_table(
        "reanalysis_item",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reanalysis_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("base_analysis_id", sa.BigInteger(), nullable=True),
        sa.Column("analysis_id", sa.BigInteger(), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "reanalysis_id", "interaction_id", name=op.f("pk_reanalysis_item")),
        _within("reanalysis_item", "reanalysis"),
        _within("reanalysis_item", "interaction"),
    )
    op.create_index("ix_reanalysis_item_state", "reanalysis_item", ["account_id", "reanalysis_id", "state", "interaction_id"])
    op.create_index("ix_reanalysis_item_interaction", "reanalysis_item", ["account_id", "interaction_id"])
    op.create_index("ix_reanalysis_item_working", "reanalysis_item", ["claimed_at"], postgresql_where=sa.text("state = 'working'"))


def _changes() -> None:
    op.create_table(
        "reanalysis_change",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reanalysis_id", sa.BigInteger(), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("before", sa.Float(), nullable=True),
        sa.Column("after", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint(
            "account_id", "reanalysis_id", "interaction_id", "feature", "name", name=op.f("pk_reanalysis_change")
        ),
        _within("reanalysis_change", "reanalysis"),
        _within("reanalysis_change", "interaction"),
    )  # fmt: skip
    op.create_index("ix_reanalysis_change_interaction", "reanalysis_change", ["account_id", "interaction_id"])


def _within(table: str, other: str) -> sa.ForeignKeyConstraint:
    columns, name = ["account_id", f"{other}_id"], f"fk_{table}_account_id_{other}_id_{other}"
    return sa.ForeignKeyConstraint(columns, [f"{other}.account_id", f"{other}.id"], name=op.f(name), ondelete="CASCADE")


def downgrade() -> None:
    op.execute("DROP FUNCTION door_reanalysing(double precision, integer)")
    op.drop_table("reanalysis_change")
    op.drop_table("reanalysis_item")
    op.drop_table("reanalysis")
