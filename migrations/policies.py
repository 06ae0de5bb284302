"""
Row-level security, grants and doors of a table: every migration that makes tables calls these.

Three roles: `assay_owner` owns and migrates, `assay_app` serves one account at a time, `assay_system` reads the outbox and looks ids up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from alembic import op

ACCOUNT = "nullif(current_setting('app.account', true), '')::bigint"


def protect(table: str, *, key: str = "account_id", append_only: bool = False) -> None:
    """Forces row-level security by account on a table and lets the application use it."""
    rights = "SELECT, INSERT" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY by_account ON {table} TO assay_app USING ({key} = {ACCOUNT}) WITH CHECK ({key} = {ACCOUNT})")
    op.execute(f"GRANT {rights} ON {table} TO assay_app")


@contextmanager
def every_account(*tables: str) -> Iterator[None]:
    """Lets a migration see and change all rows of these tables meanwhile: forced row-level security hides them from their owner too."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    yield
    for table in tables:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def let_system(table: str, rights: str, columns: Iterable[str] = ()) -> None:
    """Gives the system role rights on named columns of every account's rows (all columns where none are named)."""
    names = ", ".join(columns)
    op.execute(f"CREATE POLICY for_system ON {table} TO assay_system USING (true)")
    op.execute(f"GRANT {rights}{f' ({names})' if names else ''} ON {table} TO assay_system")


def door(signature: str, returns: str, body: str, *, to: str) -> None:
    """A function of the system role that another role may call: it runs with the system role's few rights."""
    op.execute("GRANT CREATE ON SCHEMA public TO assay_system")
    op.execute("SET LOCAL ROLE assay_system")
    op.execute(
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $door$ {body} $door$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {to}")
    op.execute("RESET ROLE")
    op.execute("REVOKE CREATE ON SCHEMA public FROM assay_system")
