"""Roles and their policies, which every account may change; and the notice that every change of access sends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.policies import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Table to the column that says whose access changes; None where it may be anybody's.
WATCHED = {
    "person": "id",
    "person_role": "user_id",
    "seat": "user_id",
    "team_supervisor": "user_id",
    "policy_version": None,
}


def upgrade() -> None:
    _holding()
    _roles()
    _notices()


def _holding() -> None:
    op.add_column("person_role", sa.Column("source", sa.String(), server_default="manual", nullable=False))
    op.drop_constraint("pk_person_role", "person_role", type_="primary")
    op.create_primary_key("pk_person_role", "person_role", ["account_id", "user_id", "role", "source"])
    op.create_index("ix_person_role_role", "person_role", ["account_id", "role"])


def _roles() -> None:
    op.create_table(
        "role",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("based_on", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_role")),
    )
    op.create_index("uq_role_name", "role", ["account_id", sa.text("lower(name)")], unique=True)
    op.create_table(
        "role_policy",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "role"], ["role.account_id", "role.key"], name=op.f("fk_role_policy_account_id_role_role"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "role", "action", name=op.f("pk_role_policy")),
    )
    op.create_table(
        "policy_version",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_policy_version")),
    )
    for table in ("role", "role_policy", "policy_version"):
        protect(table)


def _notices() -> None:
    """
    Every process listens on `assay_access` for `account:person`, or `account:0` where anybody may be concerned. A trigger tells it, not
    the code that writes, so that no way of changing access can forget to; the server sends it with the commit, and once a transaction.
    """
    op.execute(
        """CREATE FUNCTION tell_access() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $tell$
           DECLARE changed jsonb;
           BEGIN
               IF TG_OP = 'DELETE' THEN changed := to_jsonb(OLD); ELSE changed := to_jsonb(NEW); END IF;
               PERFORM pg_notify('assay_access', (changed ->> 'account_id') || ':' || coalesce(changed ->> TG_ARGV[0], '0'));
               RETURN NULL;
           END $tell$"""
    )
    for table, column in WATCHED.items():
        events = "INSERT OR UPDATE OR DELETE" if table != "person" else "UPDATE OF active, account_role OR DELETE"
        op.execute(f"CREATE TRIGGER tell_access AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION tell_access('{column or ''}')")
    op.execute(
        "CREATE TRIGGER tell_access AFTER UPDATE OF team_id, user_id ON agent FOR EACH ROW"
        " WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id OR OLD.user_id IS DISTINCT FROM NEW.user_id)"
        " EXECUTE FUNCTION tell_access('')"
    )


def downgrade() -> None:
    for table in (*WATCHED, "agent"):
        op.execute(f"DROP TRIGGER tell_access ON {table}")
    op.execute("DROP FUNCTION tell_access()")
    op.drop_table("policy_version")
    op.drop_table("role_policy")
    op.drop_index("uq_role_name", table_name="role")
    op.drop_table("role")
    op.drop_index("ix_person_role_role", table_name="person_role")
    op.execute("DELETE FROM person_role a USING person_role b WHERE (a.account_id, a.user_id, a.role) = (b.account_id, b.user_id, b.role)"
               " AND a.source > b.source")  # fmt: skip
    op.drop_constraint("pk_person_role", "person_role", type_="primary")
    op.create_primary_key("pk_person_role", "person_role", ["account_id", "user_id", "role"])
    op.drop_column("person_role", "source")
