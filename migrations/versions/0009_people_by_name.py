"""
People and agents are found by address, and listed by name, along indexes on columns of their own.

Row-level security lets an index answer only through functions that cannot leak rows: `lower` is not one of them, comparing columns is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Table to whether everybody in it has an address.
TABLES = {"person": True, "agent": False}


def upgrade() -> None:
    op.drop_index("ix_person_name", table_name="person")
    for table, addressed in TABLES.items():
        op.drop_index(f"uq_{table}_email", table_name=table)
        op.add_column(table, sa.Column("sort_name", sa.String(), sa.Computed("lower(name)", persisted=True), nullable=False))
        op.add_column(table, sa.Column("email_key", sa.String(), sa.Computed("lower(email)", persisted=True), nullable=not addressed))
        op.create_index(f"ix_{table}_name", table, ["account_id", "sort_name", "id"])
        op.create_index(f"uq_{table}_email", table, ["account_id", "email_key"], unique=True)


def downgrade() -> None:
    for table in TABLES:
        for index in (f"ix_{table}_name", f"uq_{table}_email"):
            op.drop_index(index, table_name=table)
        op.drop_column(table, "email_key")
        op.drop_column(table, "sort_name")
        op.create_index(f"uq_{table}_email", table, ["account_id", sa.literal_column("lower(email)")], unique=True)
    op.create_index("ix_person_name", "person", ["account_id", sa.literal_column("lower(name)"), "id"])
