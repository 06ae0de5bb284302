"""What an account decides, and the reading of its audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NEW: tuple[tuple[str, Any, str | None], ...] = (
    ("acknowledgement_required", sa.Boolean(), "false"),
    ("acknowledgement_days", sa.Integer(), "7"),
    ("retention_days", sa.Integer(), None),
    ("engine", sa.String(), "nemo"),
    ("languages_off", postgresql.JSONB(astext_type=sa.Text()), "[]"),
    ("updated_by", sa.BigInteger(), None),
)
_INDEXES = {"ix_audit_entry_actor": "actor_id", "ix_audit_entry_action": "action"}


def upgrade() -> None:
    for name, kind, value in _NEW:
        op.add_column("account_settings", sa.Column(name, kind, nullable=value is None, server_default=value))
        if value is not None:
            op.alter_column("account_settings", name, server_default=None)
    for index, column in _INDEXES.items():
        op.create_index(index, "audit_entry", ["account_id", column, "at", "id"], unique=False)


def downgrade() -> None:
    for index in _INDEXES:
        op.drop_index(index, table_name="audit_entry")
    for name, _, _ in reversed(_NEW):
        op.drop_column("account_settings", name)
