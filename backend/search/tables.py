"""
A positional inverted index in ordinary tables: row-level security switches GIN off, and integer comparisons are leakproof.

A term is found by HMAC(account key, term) and kept sealed; posting blocks are sealed whole.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from backend.db.base import account_key, big, blob, identity_key, part_key, within_account


class SearchDocument(SQLModel, table=True):
    """The running number of an interaction's transcript in the index; `rules.BLOCK` numbers make a block."""

    __tablename__ = "search_document"
    __table_args__ = (
        within_account("interaction_id", "interaction", ondelete="CASCADE"),
        Index("uq_search_document_interaction", "account_id", "interaction_id", unique=True),
    )

    account_id: int = account_key()
    ordinal: int = part_key()
    interaction_id: int = big()
    day: date


class SearchTerm(SQLModel, table=True):
    __tablename__ = "search_term"
    __table_args__ = (Index("uq_search_term_digest", "account_id", "digest", unique=True),)

    account_id: int = account_key()
    id: int = identity_key()
    digest: bytes = blob()
    sealed: bytes = blob()


class SearchPosting(SQLModel, table=True):
    """`data`: sorted u32 `document in block: 14 | position: 17 | role: 1`, sealed."""

    __tablename__ = "search_posting"

    account_id: int = account_key()
    term_id: int = part_key()
    block: int = Field(primary_key=True)
    count: int
    data: bytes = blob()
