"""The log itself: read newest first by those who may, added to, and never changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backend.audit import service
from backend.audit.rules import AuditFilter
from backend.audit.tables import AuditEntry
from backend.authz.actor import Actor
from backend.errors import InvalidInput, NotPermitted
from backend.roles.service import permissions_of

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def owner(world) -> Actor:
    return Actor(world.id, world.users["admin"], account_role="owner")


@pytest.fixture
async def filled(db, world):
    """Seven entries, two of the same moment; the newest is number 6."""
    facts = [
        ("interaction.view", "Interaction", 1, "192.0.2.1", {}),
        ("interaction.view", "Interaction", 2, "192.0.2.1", {}),
        ("media.open", "Interaction", 2, "192.0.2.1", {}),
        ("seat.assign", "User", 3, "198.51.100.9", {"licence": "qm", "source": "manual"}),
        ("settings.change", "Account", world.id, None, {"changes": [{"setting": "silenceMs", "old": 5_000, "new": 4_000}]}),
        ("session.refused", "User", None, "203.0.113.5", {}),
        ("token.create", "ApiToken", 9, "198.51.100.9", {"name": "100% of it"}),
    ]
    people = [world.users[name] for name in ("evaluator", "evaluator", "evaluator", "admin", "admin")] + [None, world.users["admin"]]
    async with db.writing(world.id) as session:
        for index, ((action, kind, number, address, detail), person) in enumerate(zip(facts, people, strict=True)):
            at = NOON + timedelta(minutes=min(index, 5))
            session.add(
                AuditEntry(
                    account_id=world.id, at=at, actor_id=person, actor_kind="user" if person else "nobody", action=action,
                    object_type=kind, object_id=number, address=address, detail=detail,
                )
            )  # fmt: skip
            await session.flush()
    return world


async def actions(db, world, **wanted) -> list[str]:
    async with db.reading(world.id) as session:
        page = await service.page(session, owner(world), AuditFilter(**wanted), size=50, cursor=None)
    return [row.action for row in page.rows]


async def test_newest_first(db, filled):
    assert await actions(db, filled) == [
        "token.create", "session.refused", "settings.change", "seat.assign", "media.open", "interaction.view", "interaction.view",
    ]  # fmt: skip


async def test_filters_narrow_it_down(db, filled):
    assert await actions(db, filled, actor_id=filled.users["evaluator"]) == ["media.open", "interaction.view", "interaction.view"]
    assert await actions(db, filled, action="interaction.view") == ["interaction.view", "interaction.view"]
    assert await actions(db, filled, object_type="Interaction", since=NOON + timedelta(minutes=1)) == ["media.open", "interaction.view"]
    assert await actions(db, filled, until=NOON + timedelta(minutes=1)) == ["interaction.view"]
    assert await actions(db, filled, actor_id=0) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("198.51.100", ["token.create", "seat.assign"]),
        ("opened a rec", ["media.open"]),
        ("SILENCEMS", ["settings.change"]),
        ("100%", ["token.create"]),
        ("0% o", ["token.create"]),
        ("%", ["token.create"]),
        ("_", []),
        ("session.", ["session.refused"]),
    ],
)
async def test_text_is_sought_in_sentence_address_and_detail_to_the_letter(db, filled, text, found):
    if text == "_":  # a wildcard of LIKE, here a letter like others
        assert await actions(db, filled, text="s_c") == []
    else:
        assert await actions(db, filled, text=text) == found


async def test_pages_join_without_gap_or_double_even_within_one_moment(db, filled):
    seen, cursor = [], None
    for more in (True, True, True, False):
        async with db.reading(filled.id) as session:
            page = await service.page(session, owner(filled), AuditFilter(), size=2, cursor=cursor)
        seen += [row.id for row in page.rows]
        assert page.has_next is more
        cursor = service.cursor_of(page.rows[-1])
    assert (len(seen), seen) == (7, sorted(seen, reverse=True))


@pytest.mark.parametrize("cursor", ["nonsense", "WzEsMl0", "WyJ4IiwxXQ", "WyIyMDI2LTExLTAyVDEyOjAwOjAwIiwxXQ"])
async def test_a_foreign_cursor_is_refused(db, world, cursor):
    async with db.reading(world.id) as session:
        with pytest.raises(InvalidInput) as refused:
            await service.page(session, owner(world), AuditFilter(), size=2, cursor=cursor)
    assert refused.value.pointer == "/after"


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"since": NOON, "until": NOON}, "/filter/to"),
        ({"text": "x" * 201}, "/filter/text"),
        ({"action": "\0"}, "/filter/action"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(db, world, wanted, pointer):
    async with db.reading(world.id) as session:
        with pytest.raises(InvalidInput) as refused:
            await service.page(session, owner(world), AuditFilter(**wanted), size=2, cursor=None)
    assert refused.value.pointer == pointer


async def test_the_log_offers_the_actions_that_it_holds(db, filled):
    async with db.reading(filled.id) as session:
        assert await service.actions(session, owner(filled)) == [
            "interaction.view", "media.open", "seat.assign", "session.refused", "settings.change", "token.create",
        ]  # fmt: skip


async def test_a_qm_admin_reads_no_log(db, world):
    member = Actor(world.id, world.users["admin"], has_seat=True, permissions=permissions_of(["admin"]))
    async with db.reading(world.id) as session:
        with pytest.raises(NotPermitted):
            await service.page(session, member, AuditFilter(), size=1, cursor=None)
        with pytest.raises(NotPermitted):
            await service.actions(session, member)


async def test_another_accounts_log_is_not_there(db, filled, new_account):
    assert await actions(db, await new_account(db)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x'",
        "UPDATE audit_entry SET detail = '{}'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
        "DROP TABLE audit_entry",
    ],
)
@pytest.mark.parametrize("role", ["application", "system"])
async def test_nobody_who_serves_can_change_it(db, filled, role, statement):
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        if role == "system":
            async with db.as_system() as connection:
                await connection.execute(text(statement))
        else:
            async with db.writing(filled.id) as session:
                await session.execute(text(statement))
    assert len(await actions(db, filled)) == 7


async def test_the_rights_on_it_are_to_read_and_to_add(db):
    query = text(
        "SELECT grantee, privilege_type FROM information_schema.role_table_grants WHERE table_name = 'audit_entry'"
        " AND grantee IN ('assay_app', 'assay_system', 'PUBLIC')"
    )
    assert {tuple(row) for row in await db.connection.execute(query)} == {("assay_app", "SELECT"), ("assay_app", "INSERT")}
