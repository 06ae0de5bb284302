"""Keys of SAML that change, deciding again after mapping rules have changed, and users of a directory found by any of their addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.policies import door, every_account, let_system, protect

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keys()
    _runs()
    _addresses()


def _keys() -> None:
    op.drop_constraint("uq_saml_key_account_id", "saml_key")
    op.add_column("saml_key", sa.Column("signs_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("saml_key", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    with every_account("saml_key"):
        op.execute("UPDATE saml_key SET signs_from = created_at")
    op.alter_column("saml_key", "signs_from", nullable=False)
    op.create_index("uq_saml_key_lasting", "saml_key", ["account_id"], unique=True, postgresql_where=sa.text("ends_at IS NULL"))


def _runs() -> None:
    op.create_table(
        "rule_run",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_rule_run")),
    )
    op.create_index("ix_rule_run_unfinished", "rule_run", ["moved_at"], postgresql_where=sa.text("finished_at IS NULL"))
    protect("rule_run")
    let_system("rule_run", "SELECT", ["account_id", "moved_at", "finished_at"])
    door(
        "door_deciding(idle double precision, most integer)",
        "TABLE (account_id bigint)",
        """SELECT r.account_id FROM rule_run r
           WHERE r.finished_at IS NULL AND r.moved_at < now() - make_interval(secs => idle) ORDER BY r.moved_at LIMIT most""",
        to="assay_system",
    )


def _addresses() -> None:
    op.create_table(
        "scim_email",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("resource_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "resource_id"], ["scim_resource.account_id", "scim_resource.id"],
            name=op.f("fk_scim_email_account_id_resource_id_scim_resource"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "email_key", "resource_id", name=op.f("pk_scim_email")),
    )  # fmt: skip
    op.create_index("ix_scim_email_resource", "scim_email", ["account_id", "resource_id"])
    protect("scim_email")
    # An address is folded as filters fold it, and cut to what an index holds: whoever searches compares the whole one too.
    op.execute("""
        CREATE FUNCTION scim_emails(body jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
          SELECT DISTINCT left(lower(normalize(entry #>> '{value}')), 320)
          FROM jsonb_array_elements(CASE jsonb_typeof(body -> 'emails') WHEN 'array' THEN body -> 'emails' ELSE '[]'::jsonb END) entry
          WHERE entry #>> '{value}' IS NOT NULL $$""")
    op.execute("""
        CREATE FUNCTION keep_scim_emails() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF OLD.body -> 'emails' IS NOT DISTINCT FROM NEW.body -> 'emails' THEN RETURN NULL; END IF;
            DELETE FROM scim_email WHERE account_id = NEW.account_id AND resource_id = NEW.id;
          END IF;
          INSERT INTO scim_email (account_id, email_key, resource_id)
          SELECT NEW.account_id, said.email, NEW.id FROM scim_emails(NEW.body) AS said(email);
          RETURN NULL;
        END $$""")
    op.execute("""
        CREATE TRIGGER keep_emails AFTER INSERT OR UPDATE OF body ON scim_resource
        FOR EACH ROW WHEN (NEW.kind = 'User') EXECUTE FUNCTION keep_scim_emails()""")
    with every_account("scim_resource", "scim_email"):
        op.execute("""
            INSERT INTO scim_email (account_id, email_key, resource_id)
            SELECT held.account_id, said.email, held.id FROM scim_resource held, scim_emails(held.body) AS said(email)
            WHERE held.kind = 'User'""")


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_emails ON scim_resource")
    op.execute("DROP FUNCTION keep_scim_emails()")
    op.execute("DROP FUNCTION scim_emails(jsonb)")
    op.drop_table("scim_email")
    op.execute("DROP FUNCTION door_deciding(double precision, integer)")
    op.drop_table("rule_run")
    op.drop_index("uq_saml_key_lasting", "saml_key")
    with every_account("saml_key"):
        op.execute("DELETE FROM saml_key WHERE ends_at IS NOT NULL")
    op.drop_column("saml_key", "ends_at")
    op.drop_column("saml_key", "signs_from")
    op.create_unique_constraint("uq_saml_key_account_id", "saml_key", ["account_id"])
