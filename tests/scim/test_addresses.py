"""Users are found by any of their addresses along an index, which follows every change and takes nobody for somebody else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from scim2_models import ScimFilter
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from backend.identity.scim import filters
from backend.identity.scim.documents import model_of
from backend.identity.scim.tables import ScimResource

WORK = {"value": "Ada@Example.com", "type": "work", "primary": True}
HOME = {"value": "ada@home.example", "type": "home"}
BY_INDEX = [
    'emails eq "ada@example.com"',
    'emails.value eq "ADA@example.com"',
    'emails[value eq "ada@example.com"]',
    'emails[type eq "work" and value eq "ada@example.com"]',
    'emails[type eq "work"] and emails[value eq "ada@home.example"]',
]


async def found(directory, asked: str) -> list[str]:
    status, body = await directory.call("GET", f"/Users?filter={quote(asked)}")
    assert status == 200, body
    return [user["userName"] for user in body.get("Resources", [])]


@pytest.fixture
async def ada(directory) -> str:
    await directory.add_user("ben", emails=[{"value": "ben@example.com"}])
    return await directory.add_user("ada", emails=[WORK, HOME])


@pytest.mark.parametrize("asked", BY_INDEX)
async def test_an_address_finds_its_user(directory, ada, asked):
    assert await found(directory, asked) == ["ada"]
    sql = str(
        select(ScimResource).where(filters.condition(["User"], ScimFilter[model_of("User")](asked))).compile(dialect=postgresql.dialect())
    )
    assert "scim_email.email_key" in sql


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ('emails[type eq "home" and value eq "ada@example.com"]', []),
        ('emails[type eq "home" or value eq "ben@example.com"]', ["ben", "ada"]),
        ('emails co "home"', ["ada"]),
        ('emails ne "ada@example.com"', ["ben"]),
        ('not (emails eq "ada@example.com")', ["ben"]),
    ],
)
async def test_other_questions_mean_what_they_did(directory, ada, asked, names):
    assert sorted(await found(directory, asked)) == sorted(names)


async def test_the_index_follows_every_change(directory, ada):
    await directory.patch(f"/Users/{ada}", {"op": "replace", "path": 'emails[type eq "work"].value', "value": "new@example.com"})
    assert await found(directory, 'emails eq "ada@example.com"') == []
    assert await found(directory, 'emails eq "new@example.com"') == ["ada"]
    await directory.patch(f"/Users/{ada}", {"op": "remove", "path": "emails"})
    assert await found(directory, 'emails eq "new@example.com"') == []
    await directory.call("DELETE", f"/Users/{ada}")
    assert await found(directory, 'emails eq "ben@example.com"') == ["ben"]


async def test_long_addresses_are_told_apart(directory):
    start = "x" * 400
    for number in range(2):
        await directory.add_user(f"long{number}", emails=[{"value": f"{start}{number}@example.com"}])
    assert await found(directory, f'emails eq "{start}1@example.com"') == ["long1"]
