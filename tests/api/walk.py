"""Ways through the schema: for every type, the shortest query that reaches an object of it, and what an answer holds there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type

TABLE = Path(__file__).with_name("every_field.txt")
ANSWERS = "answer"
"""Reach of types that only mutations and subscriptions give: their own tests ask for them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of a type: who reaches an object of it, and the fields with a rule of their own (None: whoever reaches it)."""

    reach: str
    fields: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """A field on the way. `call` is it with its arguments."""

    name: str
    call: str


def read_table(text: str) -> dict[str, Row]:
    """Type → row. A line at the margin is `Type reach`, an indented one `field [rule]`."""
    found: dict[str, tuple[str, dict[str, str | None]]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split()
        if not line.startswith(" "):
            name, reach = parts
            found[name] = (reach, {})
        else:
            found[name][1][parts[0]] = parts[1] if len(parts) > 1 else None
    return {name: Row(reach, fields) for name, (reach, fields) in found.items()}


def object_types(schema: GraphQLSchema) -> dict[str, GraphQLObjectType]:
    """Every type with fields but the roots."""
    roots = {"Query", "Mutation", "Subscription"}
    types = schema.type_map.items()
    return {name: kind for name, kind in types if isinstance(kind, GraphQLObjectType) and not name.startswith("__") and name not in roots}


def paths(schema: GraphQLSchema, arguments: Mapping[str, str]) -> dict[str, tuple[Step, ...]]:
    """The shortest way from the query's root to each type. A field with required arguments is passed only where `arguments` has them."""
    assert schema.query_type is not None
    found: dict[str, tuple[Step, ...]] = {}
    waiting = deque([(schema.query_type, ())])
    while waiting:
        kind, path = waiting.popleft()
        # What is asked for by an id first: it is the same object for everybody.
        for name, field in sorted(kind.fields.items(), key=lambda each: f"{kind.name}.{each[0]}" not in arguments):
            step, target = _step(kind.name, name, field, arguments), get_named_type(field.type)
            if step is None or not isinstance(target, GraphQLObjectType) or target.name in found:
                continue
            found[target.name] = (*path, step)
            waiting.append((target, found[target.name]))
    return found


def _step(kind: str, name: str, field: GraphQLField, arguments: Mapping[str, str]) -> Step | None:
    given = arguments.get(f"{kind}.{name}")
    if given is not None:
        return Step(name, f"{name}({given})")
    required = any(str(argument.type).endswith("!") and argument.default_value is None for argument in field.args.values())
    return None if required else Step(name, name)


def selection(kind: GraphQLObjectType, arguments: Mapping[str, str]) -> dict[str, str]:
    """Field → how to ask for it alone."""
    found = {}
    for name, field in kind.fields.items():
        step = _step(kind.name, name, field, arguments)
        assert step is not None, f"{kind.name}.{name} needs arguments: add them to ARGUMENTS"
        found[name] = step.call if is_leaf_type(get_named_type(field.type)) else f"{step.call} {{ __typename }}"
    return found


def query(path: tuple[Step, ...], inner: str) -> str:
    """The operation that asks for `inner` at the end of the path."""
    text = f"{{ {inner} }}"
    for step in reversed(path):
        text = f"{{ {step.call} {text} }}"
    return f"query {text}"


def at_end(data: Any, path: tuple[Step, ...]) -> Iterator[Mapping[str, Any]]:
    """Every object that an answer holds at the end of the path."""
    if data is None:
        return
    if isinstance(data, list):
        for each in data:
            yield from at_end(each, path)
    elif not path:
        yield data
    else:
        yield from at_end(data.get(path[0].name), path[1:])
