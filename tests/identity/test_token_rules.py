"""What a token leaves of what its owner may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.authz.actions import AccountAction, AccountRole, Action, Scope
from backend.authz.actor import Actor
from backend.errors import InvalidInput
from backend.identity.tokens import rules
from backend.identity.tokens.rules import Kind, bearer_token, checked_scopes, parse_scopes, signed_part

NOW = datetime(2026, 11, 2, tzinfo=UTC)
NAMES = [rules.READ, *map(str, Action), *map(str, AccountAction), "interaction.readall", "account", "", "READ"]
actors = st.builds(
    lambda permissions, role: Actor(7, 12, account_role=role.value, has_seat=True, permissions=permissions),
    st.dictionaries(st.sampled_from(Action), st.sampled_from(Scope)),
    st.sampled_from(AccountRole),
)
scopes = st.lists(st.sampled_from(NAMES), max_size=6)


@given(actors, scopes)
def test_a_token_never_has_more_than_its_owner_nor_than_its_scopes(owner: Actor, names: list[str]):
    cut = parse_scopes(names).cut(owner, 3)
    assert cut.permissions.items() <= owner.permissions.items()
    named = {Action(name) for name in names if name in set(Action)} | (rules.READING if rules.READ in names else set())
    assert set(cut.permissions) == named & set(owner.permissions)
    for action in AccountAction:
        assert cut.may(action) is (owner.may(action) and action in names)
    assert (cut.token_id, cut.kind, cut.user_id) == (3, "token", 12)


@given(actors, scopes, actors)
def test_the_cut_outlasts_a_change_of_what_the_owner_may(before: Actor, names: list[str], after: Actor):
    """A socket reads its person afresh: the token's limits stay."""
    cut = parse_scopes(names).cut(before, 3)
    assert after.under(cut) == parse_scopes(names).cut(after, 3)


@given(actors, scopes)
def test_scopes_are_taken_if_the_owner_holds_each(owner: Actor, names: list[str]):
    held = [
        name == rules.READ
        or name in {str(each) for each in owner.permissions}
        or any(owner.may(each) for each in AccountAction if each == name)
        for name in names
    ]
    if names and all(held):
        assert checked_scopes(names, Kind.API, owner) == sorted(set(names))
        return
    with pytest.raises(InvalidInput) as refused:
        checked_scopes(names, Kind.API, owner)
    assert refused.value.pointer == ("/input/scopes" if not names else f"/input/scopes/{held.index(False)}")


def test_reading_changes_nothing():
    assert {str(action) for action in rules.READING} == {"interaction.read", "recording.play", "transcript.read"}


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (None, None),
        ("", None),
        ("Basic dXNlcjpwYXNz", None),
        ("assay_x", None),
        ("Bearer assay_x", "assay_x"),
        ("bearer   assay_x  ", "assay_x"),
        ("BEARER assay_x", "assay_x"),
        ("Bearer", ""),
        ("Bearer ", ""),
        ("Bearerassay_x", None),
    ],
)
def test_what_a_header_shows(header, token):
    assert bearer_token(header) == token


@given(st.text(max_size=200))
def test_any_header_is_read(header: str):
    token = bearer_token(header)
    assert token is None or token in header
    assert token is None or signed_part(token) is None or token.startswith("assay_")


def test_what_cannot_be_a_token_is_not_looked_up():
    assert signed_part("assay_abc") == "abc"
    assert [signed_part(text) for text in ("abc", "assay", "assay_" + "x" * 3_000, "assay_ä", "")] == [None] * 5


def test_use_is_written_at_most_once_a_minute():
    assert rules.needs_touch(None, NOW)
    assert not rules.needs_touch(NOW, NOW + timedelta(seconds=59))
    assert rules.needs_touch(NOW, NOW + timedelta(seconds=60))
