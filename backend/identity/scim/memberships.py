"""SQL of who is in which group, directly or through other groups. A circle of groups ends where it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from backend.db.session import ReadSession, Session
from backend.identity.scim.documents import Document, reference
from backend.identity.scim.provider import GROUP
from backend.identity.scim.tables import ScimMember, ScimResource

_GROUPS_OF = text("""
WITH RECURSIVE above(member_id, group_id, direct) AS (
  SELECT member_id, group_id, true FROM scim_member WHERE account_id = :account AND member_id = ANY(:ids)
  UNION
  SELECT above.member_id, link.group_id, false FROM above
  JOIN scim_member link ON link.account_id = :account AND link.member_id = above.group_id)
SELECT above.member_id, bool_or(above.direct) AS direct, held.scim_id, held.body ->> 'displayName' AS display
FROM above JOIN scim_resource held ON held.account_id = :account AND held.id = above.group_id
GROUP BY above.member_id, held.id, held.scim_id, held.body ORDER BY above.member_id, held.id
""")
_USERS_UNDER = text("""
WITH RECURSIVE below(id) AS (
  SELECT unnest(CAST(:ids AS bigint[]))
  UNION
  SELECT link.member_id FROM below JOIN scim_member link ON link.account_id = :account AND link.group_id = below.id)
SELECT held.id FROM below JOIN scim_resource held ON held.account_id = :account AND held.id = below.id
WHERE held.kind = 'User' ORDER BY held.id
""")


@dataclass(frozen=True, slots=True)
class Held:
    """A group that holds a user."""

    scim_id: str
    display: str
    direct: bool

    def document(self) -> Document:
        kind = "direct" if self.direct else "indirect"
        return {"value": self.scim_id, "$ref": reference(GROUP, self.scim_id), "display": self.display, "type": kind}


async def groups_of(session: ReadSession, account_id: int, ids: Collection[int]) -> dict[int, list[Held]]:
    """The groups that hold each of these users, by the user's number."""
    found: dict[int, list[Held]] = defaultdict(list)
    if ids:
        for row in await session.execute(_GROUPS_OF, {"account": account_id, "ids": list(ids)}):
            found[row.member_id].append(Held(row.scim_id, row.display or "", row.direct))
    return found


async def users_under(session: ReadSession, account_id: int, ids: Collection[int]) -> list[int]:
    """Users among these resources, and all who are in the groups among them."""
    if not ids:
        return []
    return list((await session.execute(_USERS_UNDER, {"account": account_id, "ids": list(ids)})).scalars())


async def members_of(session: ReadSession, account_id: int, group_ids: Collection[int]) -> dict[int, list[Document]]:
    """The direct members of each group, as SCIM shows them, in the order in which they were made."""
    found: dict[int, list[Document]] = defaultdict(list)
    if not group_ids:
        return found
    joined = (col(ScimResource.account_id) == col(ScimMember.account_id)) & (col(ScimResource.id) == col(ScimMember.member_id))
    query = (
        select(col(ScimMember.group_id), col(ScimResource.scim_id), col(ScimResource.kind), col(ScimMember.display))
        .join(ScimResource, joined)
        .where(col(ScimMember.account_id) == account_id, col(ScimMember.group_id).in_(list(group_ids)))
        .order_by(col(ScimMember.group_id), col(ScimMember.member_id))
    )
    for group_id, scim_id, kind, display in await session.execute(query):
        entry = {"value": scim_id, "$ref": reference(kind, scim_id), "type": kind}
        found[group_id].append(entry if display is None else {**entry, "display": display})
    return found


async def held_in(session: ReadSession, account_id: int, group_id: int) -> dict[int, str | None]:
    """The direct members' numbers, and what they are called there."""
    query = select(col(ScimMember.member_id), col(ScimMember.display)).where(
        col(ScimMember.account_id) == account_id, col(ScimMember.group_id) == group_id
    )
    return {row.member_id: row.display for row in await session.execute(query)}


async def put(session: Session, group_id: int, members: dict[int, str | None]) -> list[int]:
    """Adds members, or calls them something else where a name is given. Returns those who changed."""
    if not members:
        return []
    rows = [
        {"account_id": session.account_id, "group_id": group_id, "member_id": number, "display": display}
        for number, display in sorted(members.items())
    ]
    changed: list[int] = []
    for start in range(0, len(rows), 5_000):
        new = insert(ScimMember).values(rows[start : start + 5_000])
        renamed = new.excluded.display.is_not(None) & new.excluded.display.is_distinct_from(col(ScimMember.display))
        query = new.on_conflict_do_update(
            index_elements=["account_id", "group_id", "member_id"], set_={"display": new.excluded.display}, where=renamed
        )
        changed += (await session.execute(query.returning(col(ScimMember.member_id)))).scalars()
    return changed


async def drop(session: Session, group_id: int, numbers: Sequence[int]) -> list[int]:
    """Removes members; returns those who were there."""
    if not numbers:
        return []
    mine = (col(ScimMember.account_id) == session.account_id, col(ScimMember.group_id) == group_id)
    query = delete(ScimMember).where(*mine, col(ScimMember.member_id).in_(list(numbers)))
    return list((await session.execute(query.returning(col(ScimMember.member_id)))).scalars())
