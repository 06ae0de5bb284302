"""Sessions, second factors, tokens and the keys that sign them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.policies import door, let_system, protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("method", sa.String(), server_default="password", nullable=False))
    op.create_index("ix_session_user", "session", ["account_id", "user_id"])
    _factors()
    _tokens()
    for table in ("second_factor", "recovery_code", "identity_settings", "signing_key", "api_token"):
        protect(table)
    op.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO assay_app")
    let_system("api_token", "SELECT", ["account_id", "id", "token_hash", "expires_at", "revoked_at"])
    door(
        "door_token_owner(wanted bytea)",
        "TABLE (account_id bigint, token_id bigint)",
        "SELECT account_id, id FROM api_token WHERE token_hash = wanted AND revoked_at IS NULL AND expires_at > now()",
        to="assay_app",
    )
    # Whoever listens on behalf of a person hears that a session or a token is gone, whatever removed it.
    op.execute("CREATE TRIGGER tell_access AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_access('user_id')")
    op.execute("CREATE TRIGGER tell_access AFTER UPDATE OF revoked_at ON api_token FOR EACH ROW EXECUTE FUNCTION tell_access('user_id')")


def _factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        _of_person("second_factor"),
        sa.PrimaryKeyConstraint("account_id", "user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _of_person("recovery_code"),
        sa.PrimaryKeyConstraint("account_id", "user_id", "code_hash", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "identity_settings",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("password_sign_in", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_identity_settings")),
    )


def _tokens() -> None:
    op.create_table(
        "signing_key",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_signing_key")),
    )
    op.create_index("uq_signing_key_kid", "signing_key", ["account_id", "kid"], unique=True)
    op.create_table(
        "api_token",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        _of_person("api_token"),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_api_token")),
    )
    op.create_index("uq_api_token_hash", "api_token", ["token_hash"], unique=True)
    op.create_index("ix_api_token_user", "api_token", ["account_id", "user_id"])


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id", "user_id"],
        ["person.account_id", "person.id"],
        name=op.f(f"fk_{table}_account_id_user_id_person"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER tell_access ON session")
    op.execute("DROP FUNCTION door_token_owner(bytea)")
    for table in ("api_token", "signing_key", "identity_settings", "recovery_code", "second_factor"):
        op.drop_table(table)
    op.drop_index("ix_session_user", "session")
    op.drop_column("session", "method")
