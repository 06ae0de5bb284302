"""SAML identity providers and mapping rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.policies import door, let_system, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "identity_provider",
    "provider_certificate",
    "saml_key",
    "saml_request",
    "saml_assertion",
    "saml_subject",
    "saml_session",
    "mapping_rule",
    "mapped_team",
)


def upgrade() -> None:
    _providers()
    _memory()
    _mapping()
    for table in TABLES:
        protect(table)
    op.execute("GRANT USAGE ON SEQUENCE saml_key_id_seq TO assay_app")
    let_system("identity_provider", "SELECT", ["account_id", "id", "public_id"])
    door(
        "door_identity_provider(wanted text)",
        "TABLE (account_id bigint, provider_id bigint)",
        "SELECT account_id, id FROM identity_provider WHERE public_id = wanted",
        to="assay_app",
    )


def downgrade() -> None:
    op.execute("DROP FUNCTION door_identity_provider(text)")
    for table in reversed(TABLES):
        op.drop_table(table)


def _providers() -> None:
    op.create_table(
        "identity_provider",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("sso_url", sa.String(), nullable=False),
        sa.Column("slo_url", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("allow_idp_initiated", sa.Boolean(), nullable=False),
        sa.Column("create_users", sa.Boolean(), nullable=False),
        sa.Column("allow_sha1", sa.Boolean(), nullable=False),
        sa.Column("email_attribute", sa.String(), nullable=False),
        sa.Column("name_attribute", sa.String(), nullable=False),
        sa.Column("groups_attribute", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_sign_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_identity_provider_account_id_name")),
    )
    op.create_index("uq_identity_provider_public", "identity_provider", ["public_id"], unique=True)
    op.create_table(
        "provider_certificate",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("pem", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_provider_certificate_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_provider_certificate")),
        sa.UniqueConstraint(
            "account_id", "provider_id", "fingerprint", name=op.f("uq_provider_certificate_account_id_provider_id_fingerprint")
        ),
    )
    op.create_table(
        "saml_key",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_saml_key")),
        sa.UniqueConstraint("account_id", name=op.f("uq_saml_key_account_id")),
    )


def _memory() -> None:
    op.create_table(
        "saml_request",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("return_to", sa.String(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_saml_request_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "request_id", name=op.f("pk_saml_request")),
    )
    op.create_index("ix_saml_request_expiry", "saml_request", ["account_id", "expires_at"], unique=False)
    op.create_table(
        "saml_assertion",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_saml_assertion_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "provider_id", "digest", name=op.f("pk_saml_assertion")),
    )
    op.create_index("ix_saml_assertion_expiry", "saml_assertion", ["account_id", "expires_at"], unique=False)
    op.create_table(
        "saml_subject",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_saml_subject_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_saml_subject_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_saml_subject")),
        sa.UniqueConstraint("account_id", "provider_id", "name_id", name=op.f("uq_saml_subject_account_id_provider_id_name_id")),
    )
    op.create_table(
        "saml_session",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=False),
        sa.Column("name_id", sa.String(), nullable=False),
        sa.Column("name_id_format", sa.String(), nullable=False),
        sa.Column("session_index", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id", "session_id"],
            ["session.account_id", "session.id"],
            name=op.f("fk_saml_session_account_id_session_id_session"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_saml_session_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "session_id", name=op.f("pk_saml_session")),
    )
    op.create_index("ix_saml_session_name", "saml_session", ["account_id", "provider_id", "name_id"], unique=False)


def _mapping() -> None:
    op.create_table(
        "mapping_rule",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("provider_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("attribute", sa.String(), nullable=False),
        sa.Column("op", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("gives", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "provider_id"],
            ["identity_provider.account_id", "identity_provider.id"],
            name=op.f("fk_mapping_rule_account_id_provider_id_identity_provider"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_mapping_rule")),
    )
    op.create_index("ix_mapping_rule_provider", "mapping_rule", ["account_id", "provider_id", "place"], unique=False)
    op.create_table(
        "mapped_team",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("supervises", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "user_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_mapped_team_account_id_user_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "team_id"],
            ["team.account_id", "team.id"],
            name=op.f("fk_mapped_team_account_id_team_id_team"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "user_id", "source", name=op.f("pk_mapped_team")),
    )
