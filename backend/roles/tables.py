"""Which QM roles a person holds; what a role may do stands in `policies/`."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from backend.db.base import account_key, part_key, within_account


class UserRole(SQLModel, table=True):
    """`role` is a subject of the policies: admin, supervisor, evaluator, agent."""

    __tablename__ = "person_role"
    __table_args__ = (within_account("user_id", "person", ondelete="CASCADE"),)

    account_id: int = account_key()
    user_id: int = part_key()
    role: str = Field(primary_key=True)
