"""What identity providers write over SCIM."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.policies import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scim_resource",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scim_id", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_scim_resource")),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_scim_resource_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("uq_scim_resource_scim_id", "scim_resource", ["account_id", "scim_id"], unique=True)
    op.create_index(
        "uq_scim_resource_user_name", "scim_resource", ["account_id", "name_key"], unique=True, postgresql_where=sa.text("kind = 'User'")
    )
    op.create_index("uq_scim_resource_user_id", "scim_resource", ["account_id", "user_id"], unique=True)
    op.create_index("ix_scim_resource_name", "scim_resource", ["account_id", "kind", "name_key"], unique=False)
    op.create_index("ix_scim_resource_external_id", "scim_resource", ["account_id", "external_id"], unique=False)
    op.create_table(
        "scim_member",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("display", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "group_id", "member_id", name=op.f("pk_scim_member")),
        sa.ForeignKeyConstraint(
            ["account_id", "group_id"], ["scim_resource.account_id", "scim_resource.id"],
            name=op.f("fk_scim_member_account_id_group_id_scim_resource"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "member_id"], ["scim_resource.account_id", "scim_resource.id"],
            name=op.f("fk_scim_member_account_id_member_id_scim_resource"), ondelete="CASCADE",
        ),
    )  # fmt: skip
    op.create_index("ix_scim_member_member", "scim_member", ["account_id", "member_id"], unique=False)
    protect("scim_resource")
    protect("scim_member")


def downgrade() -> None:
    op.drop_table("scim_member")
    op.drop_table("scim_resource")
