"""What a set of rules decides for a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.identity.mapping.rules import Decided, Op, Rule, Target, Verdict, decide

GROUPS = {"groups": ["QM-Agents", "Berlin"], "title": ["Team lead"]}


def rule(place=1, target=Target.LICENCE, attribute="groups", op=Op.EXACT, value="QM-Agents", gives=("qm",), id=None):
    return Rule(id or place, place, target, attribute, op, value, gives)


def test_the_first_match_decides_and_the_others_say_why_not():
    rules = [
        rule(1, attribute="Groups"),
        rule(2, value="QM"),
        rule(3, op=Op.CONTAINS, value="qm-"),
        rule(4, value="berlin", gives=("other",)),
        rule(5, attribute="title", value="x"),
    ]
    outcome = decide(rules, GROUPS)
    assert outcome.licence == Decided(Verdict.GIVEN, ("qm",), rules[2])
    assert [(trace.matched, trace.decided) for trace in outcome.traces] == [
        (False, False), (False, False), (True, True), (True, False), (False, False),
    ]  # fmt: skip
    assert [trace.why for trace in outcome.traces] == [
        "There is no attribute Groups; there are: groups, title.",
        "groups holds “QM-Agents”, “Berlin”; none is “QM”.",
        "groups holds “QM-Agents”, which contains “qm-”: this rule decides, and gives qm.",
        "groups holds “berlin”, but a rule before it decided.",
        "title holds “Team lead”; none is “x”.",
    ]


@pytest.mark.parametrize(
    ("op", "value", "held", "matches"),
    [
        (Op.EXACT, "qm-agents", ["QM-Agents"], True),
        (Op.EXACT, " QM-Agents ", ["qm-agents\n"], True),
        (Op.EXACT, "QM", ["QM-Agents"], False),
        (Op.EXACT, "STRASSE", ["straße"], True),
        (Op.CONTAINS, "agent", ["x", "QM-AGENTS"], True),
        (Op.CONTAINS, "agents-qm", ["QM-Agents"], False),
        (Op.CONTAINS, "a", [], False),
    ],
)
def test_values_are_compared_without_regard_to_case(op, value, held, matches):
    assert rule(op=op, value=value).matches({"groups": held}) is matches


def test_none_blocks_whatever_follows():
    blocking = rule(1, value="berlin", gives=())
    outcome = decide([blocking, rule(2)], GROUPS)
    assert outcome.licence == Decided(Verdict.BLOCKED, (), blocking)
    assert outcome.traces[0].why.endswith("this rule decides, and gives none.")


def test_targets_are_decided_apart():
    rules = [
        rule(1, Target.TEAM, value="berlin", gives=("Berlin",)),
        rule(1, Target.ROLE, attribute="title", op=Op.CONTAINS, value="lead", gives=("supervisor", "evaluator"), id=7),
        rule(9, value="Nobody"),
    ]
    outcome = decide(rules, GROUPS)
    assert outcome.of(Target.TEAM).gives == ("Berlin",)
    assert outcome.of(Target.ROLE).gives == ("supervisor", "evaluator")
    assert outcome.of(Target.LICENCE) == Decided(Verdict.UNMATCHED)


def test_without_rules_nothing_is_decided():
    outcome = decide([], GROUPS)
    assert {outcome.of(target) for target in Target} == {Decided(Verdict.UNRULED)}
    assert outcome.traces == ()


def test_long_and_many_values_are_shortened():
    outcome = decide([rule(value="absent")], {"groups": ["g" * 200, *"abcdefghij"]})
    assert "and 3 more" in outcome.traces[0].why
    assert len(outcome.traces[0].why) < 300
    assert decide([rule(value="x")], {"groups": []}).traces[0].why == "groups holds nothing; none is “x”."
    assert decide([rule(value="x")], {}).traces[0].why == "There is no attribute groups; there are: none."


words = st.sampled_from(["a", "ab", "B", "abc", "ß", ""])
rules_of_any_kind = st.lists(
    st.builds(
        Rule,
        id=st.integers(1, 50),
        place=st.integers(1, 5),
        target=st.sampled_from(Target),
        attribute=st.sampled_from(["groups", "title"]),
        op=st.sampled_from(Op),
        value=words,
        gives=st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
    ),
    max_size=8,
    unique_by=lambda rule: rule.id,
)
attributes_of_any_kind = st.dictionaries(st.sampled_from(["groups", "title", "other"]), st.lists(words, max_size=3))


@given(rules_of_any_kind, attributes_of_any_kind)
def test_one_rule_a_target_decides_and_none_before_it_matches(rules, attributes):
    outcome = decide(rules, attributes)
    assert {trace.rule.id for trace in outcome.traces} == {rule.id for rule in rules}
    for target in Target:
        asked = [trace for trace in outcome.traces if trace.rule.target is target]
        deciding = [trace for trace in asked if trace.decided]
        found = outcome.of(target)
        assert [trace.rule for trace in deciding] == ([found.rule] if found.rule else [])
        if found.rule is None:
            assert found.verdict is (Verdict.UNMATCHED if asked else Verdict.UNRULED)
            assert not any(trace.matched for trace in asked)
        else:
            assert found.gives == found.rule.gives
            assert found.verdict is (Verdict.GIVEN if found.gives else Verdict.BLOCKED)
            assert not any(trace.matched for trace in asked[: asked.index(deciding[0])])


@given(rules_of_any_kind, attributes_of_any_kind, st.randoms())
def test_the_order_in_which_rules_are_handed_over_does_not_matter(rules, attributes, random):
    shuffled = list(rules)
    random.shuffle(shuffled)
    assert decide(shuffled, attributes) == decide(rules, attributes)
