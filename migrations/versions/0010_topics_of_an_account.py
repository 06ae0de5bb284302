"""Topics of an account: sentences in their own language and in English."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.policies import every_account

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topic", sa.Column("name_key", sa.String(), sa.Computed("lower(name)", persisted=True), nullable=False))
    op.drop_constraint("uq_topic_account_id_name", "topic", type_="unique")
    op.create_index("uq_topic_name", "topic", ["account_id", "name_key"], unique=True)
    op.add_column("topic", sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("topic", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("topic", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("topic", sa.Column("changed_by", sa.BigInteger(), nullable=True))
    op.add_column("topic", sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("topic_sentence", sa.Column("language", sa.String(), server_default="en", nullable=False))
    op.add_column("topic_sentence", sa.Column("english", sa.String(), nullable=True))
    op.add_column("topic_sentence", sa.Column("translated_by", sa.String(), nullable=True))
    with every_account("topic"):
        op.execute("UPDATE topic SET changed_at = created_at, in_force_at = created_at")
    for column in ("changed_at", "in_force_at"):
        op.alter_column("topic", column, nullable=False)
    for table, column in (("topic", "active"), ("topic", "version"), ("topic_sentence", "language")):
        op.alter_column(table, column, server_default=None)


def downgrade() -> None:
    for column in ("translated_by", "english", "language"):
        op.drop_column("topic_sentence", column)
    for column in ("in_force_at", "changed_by", "changed_at", "version", "active"):
        op.drop_column("topic", column)
    op.drop_index("uq_topic_name", table_name="topic")
    op.drop_column("topic", "name_key")
    op.create_unique_constraint("uq_topic_account_id_name", "topic", ["account_id", "name"])
