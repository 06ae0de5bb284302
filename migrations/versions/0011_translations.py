"""What translation engines made of transcripts; an analysis names the one that it was made with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.policies import protect

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("interaction_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "interaction_id"], ["interaction.account_id", "interaction.id"],
            name=op.f("fk_translation_account_id_interaction_id_interaction"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_translation")),
    )  # fmt: skip
    op.create_index("ix_translation_interaction", "translation", ["account_id", "interaction_id", "id"])
    op.add_column("analysis", sa.Column("translation_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_analysis_account_id_translation_id_translation"), "analysis", "translation",
        ["account_id", "translation_id"], ["account_id", "id"],
    )  # fmt: skip
    protect("translation")
    op.execute("GRANT USAGE ON SEQUENCE translation_id_seq TO assay_app")


def downgrade() -> None:
    op.drop_constraint(op.f("fk_analysis_account_id_translation_id_translation"), "analysis", type_="foreignkey")
    op.drop_column("analysis", "translation_id")
    op.drop_table("translation")
