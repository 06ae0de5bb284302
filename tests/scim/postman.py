"""
Runs a Postman collection's requests and the assertions written in them, without Postman: the few sentences of its scripting that the
collection uses, each understood or the run fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_PASSED_OVER = re.compile(
    r"|\}\);|pm\.environment\.get\(\"token\"\);|var jsonData = (pm\.response\.json\(\)|JSON\.parse\(responseBody\));"
    r"|postman\.setEnvironmentVariable\(\"token\", jsonData\.token\);"
)
_TEST = re.compile(r'pm\.test\("(.*)", function \(\) \{')
_STATUS = re.compile(r"pm\.response\.to\.have\.status\((\d+)\);")
_SET = re.compile(r'pm\.environment\.set\("(\w+)", jsonData\.id\);')
_GET = re.compile(r'var id = pm\.environment\.get\("(\w+)"\);?')
_EQUAL = re.compile(r"pm\.expect\(jsonData\.([\w.\[\]]+)\)\.to\.eql\((.*)\);")
_HOLDS = re.compile(r"pm\.expect\(pm\.response\.text\(\)\)\.to\.(not\.)?include\((.*)\);")


@dataclass(frozen=True)
class Item:
    """A request and the lines of its test. `body` is text, as it is sent."""

    name: str
    method: str
    url: str
    body: str | None
    script: tuple[str, ...]


@dataclass
class Variables:
    values: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        return re.sub(r"\{\{(\w+)\}\}", lambda found: self.values.get(found[1], found[0]), text)


@dataclass(frozen=True)
class Answer:
    status: int
    text: str

    @property
    def document(self) -> Any:
        return json.loads(self.text) if self.text else None


def items_of(collection: dict[str, Any]) -> list[Item]:
    """Every request in order, its name with the folders before it; a second one of a name is numbered."""
    found: dict[str, Item] = {}
    for item in _walk(collection["item"], ""):
        name, number = item.name, 2
        while name in found:
            name, number = f"{item.name} #{number}", number + 1
        found[name] = Item(name, item.method, item.url, item.body, item.script)
    return list(found.values())


def _walk(nodes: list[dict[str, Any]], before: str) -> Iterator[Item]:
    for node in nodes:
        name = f"{before}{node['name']}"
        if "item" in node:
            yield from _walk(node["item"], f"{name}/")
            continue
        request = node["request"]
        lines = [line for event in node.get("event", ()) for text in event["script"]["exec"] for line in text.split("\n")]
        body = (request.get("body") or {}).get("raw")
        yield Item(name, request["method"], request["url"]["raw"], body, tuple(line.strip() for line in lines))


def judge(item: Item, answer: Answer, variables: Variables) -> list[str]:
    """The assertions that do not hold, each as `test: what was found`."""
    failed, test, id = [], "", ""
    for line in item.script:
        if found := _TEST.fullmatch(line):
            test = found[1]
        elif found := _SET.fullmatch(line):
            variables.values[found[1]] = str((answer.document or {}).get("id"))
        elif found := _GET.fullmatch(line):
            id = variables.values.get(found[1], "")
        elif not _PASSED_OVER.fullmatch(line) and (wrong := _wrong(line, answer, id)):
            failed.append(f"{test}: {wrong}")
    return failed


def _wrong(line: str, answer: Answer, id: str) -> str | None:
    if found := _STATUS.fullmatch(line):
        return None if answer.status == int(found[1]) else f"{answer.status} {answer.text[:300]}"
    if found := _EQUAL.fullmatch(line):
        held, wanted = _at(answer.document, found[1]), id if found[2] == "id" else json.loads(found[2])
        return None if held == wanted else f"{found[1]} is {held!r}, not {wanted!r}"
    if found := _HOLDS.fullmatch(line):
        wanted = id if found[2] == "id" else json.loads(found[2])
        return None if (wanted in answer.text) is not bool(found[1]) else f"{wanted!r} in {answer.text[:300]}"
    raise AssertionError(f"this line is not understood: {line}")


def _at(document: Any, path: str) -> Any:
    for name, place in re.findall(r"(\w+)|\[(\d+)\]", path):
        try:
            document = document[name] if name else document[int(place)]
        except (KeyError, IndexError, TypeError):
            return None
    return document
