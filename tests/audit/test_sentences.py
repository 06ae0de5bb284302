"""Every action that the program records says in plain words what was done."""

from __future__ import annotations

import ast
import fnmatch
import re

import pytest

from backend.audit.sentences import SENTENCES, actions_saying, sentence
from tests.architecture.sources import python

RECORDING = {"record", "_record", "note"}
ACTION = re.compile(r"[a-z_*]+\.[a-z_*]+")


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def wrappers(module: ast.Module) -> set[str]:
    """Functions that hand an `action` of their caller on to the audit log."""
    return {
        function.name
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and "action" in {each.arg for each in function.args.args}
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and called(node) in RECORDING and any(getattr(each, "id", "") == "action" for each in node.args)
    }


def spoken(node: ast.AST) -> list[str]:
    """The actions that an expression names; what an f-string fills in is a `*`."""
    if isinstance(node, ast.JoinedStr):
        return ["".join(each.value if isinstance(each, ast.Constant) else "*" for each in node.values)]
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [action for child in ast.iter_child_nodes(node) for action in spoken(child)]


def recorded() -> dict[str, str]:
    """Every action that the source hands to the audit log, with the place."""
    found = {}
    for path, module in python():
        recording = RECORDING | wrappers(module)
        for node in ast.walk(module):
            expressions: list[ast.AST] = []
            if isinstance(node, ast.Call) and called(node) in recording:
                expressions = list(node.args)
            if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "action" for target in node.targets):
                expressions = [node.value]
            for action in (each for expression in expressions for each in spoken(expression)):
                if ACTION.fullmatch(action):
                    found[action] = f"{path}: {action}"
    return found


def test_every_recorded_action_has_a_sentence():
    missing = [place for action, place in sorted(recorded().items()) if not fnmatch.filter(SENTENCES, action)]
    assert not missing, "add to backend/audit/sentences.py:\n" + "\n".join(missing)


def test_the_search_for_actions_finds_them():
    assert {
        "session.open",
        "interaction.view",
        "interaction.retry",
        "media.open",
        "settings.change",
        "licence.create",
    } <= recorded().keys()


@pytest.mark.parametrize("action", SENTENCES)
def test_the_last_wording_needs_no_facts(action):
    said = sentence(action, {})
    assert re.fullmatch(r"[A-Z][^{}]*[^.{}]\.", said), said


def test_facts_are_told_where_the_entry_holds_them():
    assert sentence("seat.assign", {"licence": "qm", "source": "saml"}) == "Assigned a seat of qm by SAML."
    assert sentence("seat.assign", {"licence": "qm"}) == "Assigned a seat."
    assert sentence("user.set_roles", {"source": "manual", "before": [], "after": ["agent", "evaluator"]}) == (
        "Changed roles by hand from none to agent, evaluator."
    )


def test_a_change_of_settings_tells_old_and_new():
    changes = [
        {"setting": "silenceMs", "old": 5_000, "new": 4_000},
        {"setting": "crosstalkOn", "old": True, "new": False},
        {"setting": "retentionDays", "old": None, "new": 30},
        {"setting": "languages", "old": ["de", "en", "fr"], "new": ["en", "ja"]},
    ]
    assert sentence("settings.change", {"changes": changes}) == (
        "Changed the settings: silence threshold in ms from 5,000 to 4,000; crosstalk events from on to off; "
        "days of retention from none to 30; languages without de, fr and with ja."
    )


def test_words_in_a_fact_are_no_placeholders():
    assert sentence("token.create", {"name": "{licence} {0}"}) == "Made the token {licence} {0}."


def test_an_action_of_another_version_is_told_by_its_name():
    assert sentence("planet.blow_up", {"name": "Earth"}) == "Planet blow up."


def test_words_of_a_sentence_find_its_actions():
    assert actions_saying("OPENED A") == ["interaction.view", "media.open"]
    assert actions_saying("no such words") == []
