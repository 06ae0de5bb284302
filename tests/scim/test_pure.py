"""The pure parts: what a document says to the rules and of a person, and what of a PATCH is ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scim2_models import Context, PatchOp, ResponseParameters

from backend.identity.scim.attributes import attributes_of
from backend.identity.scim.dialects import plain_bulk, plain_patch
from backend.identity.scim.documents import body_of, differing, facts_of, folded, model_of
from backend.identity.scim.patches import Member, MemberChange, Way, apply_unknown, split
from backend.identity.scim.projection import Wanted, wanted
from backend.identity.scim.provider import PROVIDER
from tests.scim.conftest import ENTERPRISE, PATCH

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def operations(kind: str, *written):
    with PROVIDER:
        return (
            PatchOp[model_of(kind)]
            .model_validate({"schemas": [PATCH], "Operations": list(written)}, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
            .operations
        )


def test_attributes_stand_under_the_names_that_rules_ask_for():
    body = {
        "schemas": ["x"], "userName": "a", "active": True, "name": {"familyName": "Roth"}, "locale": "",
        "entitlements": [{"value": "qm", "display": "Quality"}, {"value": "qm"}], "roles": [{"value": "lead"}], "badges": ["red", 7, None],
        ENTERPRISE: {"department": "Support", "manager": {"value": "m", "displayName": "M"}}, "urn:x:2.0:User": {"site": "Kiel"},
    }  # fmt: skip
    assert attributes_of(body, ["QM", "Berlin"]) == {
        "groups": ["QM", "Berlin"], "userName": ["a"], "active": ["true"], "name.familyName": ["Roth"], "entitlements": ["qm"],
        "entitlements.display": ["Quality"], "roles": ["lead"], "badges": ["red", "7"], f"{ENTERPRISE}:department": ["Support"],
        "department": ["Support"], f"{ENTERPRISE}:manager": ["m"], f"{ENTERPRISE}:manager.displayName": ["M"], "manager": ["m"],
        "manager.displayName": ["M"], "urn:x:2.0:User:site": ["Kiel"],
    }  # fmt: skip


def test_an_attribute_of_the_core_is_not_hidden_by_one_of_the_extension():
    body = {"department": "own", ENTERPRISE: {"department": "other"}}
    assert attributes_of(body, [])["department"] == ["own"]


@pytest.mark.parametrize(
    ("body", "name", "addresses", "active"),
    [
        ({"userName": "u"}, "u", ("u",), True),
        ({"userName": "u", "displayName": "D", "name": {"formatted": "F"}, "active": False}, "D", ("u",), False),
        ({"userName": "u@x.de", "name": {"formatted": "F"}, "emails": [{"value": "u@x.de"}]}, "F", ("u@x.de",), True),
        ({"userName": "u", "name": {"givenName": "A", "familyName": "B"}, "emails": [{"value": "no address"}]}, "A B", ("u",), True),
        (
            {
                "userName": "u",
                "emails": [{"value": "h@x.de", "type": "home"}, {"value": "w@x.de", "type": "work"}, {"value": "p@x.de", "primary": True}],
            },
            "u",
            ("p@x.de", "w@x.de", "h@x.de", "u"),
            True,
        ),
    ],
)
def test_facts_of_a_person(body, name, addresses, active):
    found = facts_of(body)
    assert (found.name, found.addresses, found.active) == (name, addresses, active)


def test_only_what_differs_is_named_and_passwords_are_never_kept():
    assert differing({"a": 1, "b": 2, "schemas": []}, {"a": 1, "c": 3}) == ["b", "c"]
    with PROVIDER:
        user = model_of("User").model_validate({"userName": "u", "PassWord": "secret", "urn:x:2.0:User": {"site": "K"}})
    assert body_of(user) == {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:x:2.0:User"],
        "userName": "u",
        "urn:x:2.0:User": {"site": "K"},
    }
    assert folded("Ａ É\u0301".replace("Ａ", "A")) == folded("a É\u0301")


@pytest.mark.parametrize(
    ("asked", "how"),
    [
        (None, Wanted.WHOLE),
        ({}, Wanted.WHOLE),
        ({"attributes": "displayName"}, Wanted.NOT),
        ({"attributes": "displayName,Members"}, Wanted.WHOLE),
        ({"attributes": "urn:ietf:params:scim:schemas:core:2.0:Group:members"}, Wanted.WHOLE),
        ({"attributes": "members.value"}, Wanted.PARTS),
        ({"excludedAttributes": "members"}, Wanted.NOT),
        ({"excludedAttributes": "members.display"}, Wanted.PARTS),
        ({"excludedAttributes": "displayName"}, Wanted.WHOLE),
    ],
)
def test_what_an_answer_will_show(asked, how):
    assert wanted(None if asked is None else ResponseParameters.model_validate(asked), "members") is how


def test_a_groups_patch_is_parted():
    found = split(
        model_of("Group"),
        operations(
            "Group",
            {"op": "Replace", "value": {"displayName": "New", "members": [{"value": "a", "display": "A"}]}},
            {"op": "remove", "path": 'members[value eq "a" or value eq "b"]'},
            {"op": "replace", "path": "externalId", "value": "x"},
            {"op": "remove", "path": "members"},
        ),
    )
    assert found is not None
    assert [operation.value for operation in found.own] == [{"displayName": "New"}, "x"]
    assert found.members == [
        MemberChange(Way.REPLACE, (Member("a", "A"),)),
        MemberChange(Way.REMOVE, (Member("a"), Member("b"))),
        MemberChange(Way.REPLACE),
    ]


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "path": 'members[type eq "User"]'},
        {"op": "remove", "path": 'members[value eq "a" and type eq "User"]'},
        {"op": "replace", "path": 'members[value eq "a"].display', "value": "A"},
        {"op": "add", "path": "members", "value": [{"display": "without an id"}]},
        {"op": "add", "path": "members", "value": ["text"]},
        {"op": "add", "value": {"members": [{"value": 7}]}},
    ],
)
def test_what_needs_all_members_is_left_to_the_library(operation):
    assert split(model_of("Group"), operations("Group", operation)) is None


def test_unknown_attributes_are_written_added_to_and_removed():
    with PROVIDER:
        user = model_of("User").model_validate({"userName": "u"})
        steps = [
            ({"op": "add", "path": "badge", "value": 1}, {"badge": 1}),
            ({"op": "add", "path": "BADGE", "value": 2}, {"badge": 2}),
            ({"op": "add", "path": "desk.floor", "value": 3}, {"badge": 2, "desk": {"floor": 3}}),
            (
                {"op": "replace", "value": {"urn:x:y:2.0:User": {"a": 1}, "badge": None}},
                {"desk": {"floor": 3}, "urn:x:y:2.0:User": {"a": 1}},
            ),
            ({"op": "replace", "path": "urn:x:y:2.0:User:b", "value": 2}, {"desk": {"floor": 3}, "urn:x:y:2.0:User": {"a": 1, "b": 2}}),
            ({"op": "remove", "path": "urn:x:y:2.0:User"}, {"desk": {"floor": 3}}),
            ({"op": "add", "value": {"password": "p", "title": "known"}}, {"desk": {"floor": 3}}),
        ]
        for operation, kept in steps:
            apply_unknown(user, operations("User", operation))
            assert user.unknown_attributes == kept


def test_keys_with_filters_become_operations_of_their_own():
    written = {
        "Operations": [
            {"op": "Add", "value": {'emails[type eq "work"].value': "w", "title": "t"}},
            {"op": "add", "value": {'a[b eq "c"]': 1}},
            "odd",
        ]
    }
    assert plain_patch(written)["Operations"] == [
        {"op": "Add", "value": {"title": "t"}},
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "w"},
        {"op": "add", "path": 'a[b eq "c"]', "value": 1},
        "odd",
    ]


@given(JSON)
def test_nothing_that_is_json_breaks_the_translation(document):
    for change in (plain_patch, plain_bulk):
        json.dumps(change({"Operations": document, "x": document}))
        json.dumps(change(document))
    json.dumps(plain_bulk({"Operations": [{"method": "PATCH", "data": {"Operations": document}}]}))
