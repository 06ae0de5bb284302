"""Licences, seats and their history; people and teams."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.policies import every_account, protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What an account is told that it has where it had seats before it had licences: those that are taken, and at least the demo's ten.
FORMER_SEATS = """
INSERT INTO licence (account_id, key, name, kind, seats, created_at)
SELECT a.id, 'qm', 'Quality Management', 'single', greatest(10, (SELECT count(*) FROM seat s WHERE s.account_id = a.id)), now()
FROM account a"""
IN_THE_LICENCE = """
UPDATE seat s SET licence_id = l.id FROM licence l WHERE l.account_id = s.account_id AND l.key = 'qm'"""


def upgrade() -> None:
    _people()
    _teams()
    _licences()
    _seats()
    _history()


def _people() -> None:
    op.add_column("person", sa.Column("source", sa.String(), server_default="manual", nullable=False))
    op.add_column("person", sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_person_name", "person", ["account_id", sa.literal_column("lower(name)"), "id"])


def _teams() -> None:
    op.add_column("team", sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint("uq_team_account_id_name", "team", type_="unique")
    op.create_index("uq_team_name", "team", ["account_id", "name"], unique=True, postgresql_where=sa.text("deleted_at IS NULL"))
    op.create_index("ix_team_supervisor_user", "team_supervisor", ["account_id", "user_id"])


def _licences() -> None:
    op.create_table(
        "licence",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("bundled_with", sa.String(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_licence_seats")),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_licence")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_licence_account_id_key")),
    )
    with every_account("account", "seat"):
        op.execute(FORMER_SEATS)
    protect("licence")


def _seats() -> None:
    op.add_column("seat", sa.Column("licence_id", sa.BigInteger(), nullable=True))
    op.add_column("seat", sa.Column("assigned_by", sa.BigInteger(), nullable=True))
    with every_account("seat", "licence"):
        op.execute(IN_THE_LICENCE)
    op.alter_column("seat", "licence_id", nullable=False)
    op.create_foreign_key(
        op.f("fk_seat_account_id_licence_id_licence"), "seat", "licence", ["account_id", "licence_id"], ["account_id", "id"]
    )
    op.create_index("ix_seat_licence", "seat", ["account_id", "licence_id"])


def _history() -> None:
    op.create_table(
        "seat_event",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("licence_id", sa.BigInteger(), nullable=True),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_seat_event")),
    )
    op.create_index("ix_seat_event_user", "seat_event", ["account_id", "user_id", "id"])
    protect("seat_event", append_only=True)


def downgrade() -> None:
    op.drop_table("seat_event")
    op.drop_index("ix_seat_licence", table_name="seat")
    op.drop_constraint("fk_seat_account_id_licence_id_licence", "seat", type_="foreignkey")
    op.drop_column("seat", "assigned_by")
    op.drop_column("seat", "licence_id")
    op.drop_table("licence")
    op.drop_index("ix_team_supervisor_user", table_name="team_supervisor")
    op.drop_index("uq_team_name", table_name="team")
    with every_account("team"):
        op.execute("UPDATE team SET name = name || ' (deleted ' || id || ')' WHERE deleted_at IS NOT NULL")
    op.create_unique_constraint("uq_team_account_id_name", "team", ["account_id", "name"])
    op.drop_column("team", "deleted_at")
    op.drop_index("ix_person_name", table_name="person")
    op.drop_column("person", "last_seen_at")
    op.drop_column("person", "source")
