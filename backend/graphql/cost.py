"""
What an operation may cost, before it runs: the number of objects that it could make, list size × children.

Execution is what a query costs (a large answer takes seconds at 10,000 objects), and depth alone doesn't bound it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from backend.graphql.connection import DEFAULT_PAGE, LARGEST_PAGE

MOST_OBJECTS = 10_000
_LIST = 10
"""Taken for the length of a list of objects that is no page."""


@dataclass
class _Walk:
    schema: GraphQLSchema
    variables: Mapping[str, Any]
    fragments: dict[str, FragmentDefinitionNode]
    open: set[str] = field(default_factory=set)

    def cost(self, selections: SelectionSetNode | None, parent: Any) -> int:
        return sum(self._selection(node, parent) for node in selections.selections) if selections else 0

    def _selection(self, node: Any, parent: Any) -> int:
        if isinstance(node, FieldNode):
            return self._field(node, parent)
        if isinstance(node, FragmentSpreadNode):
            return self._spread(node.name.value)
        named = self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent
        return self.cost(node.selection_set, named)

    def _spread(self, name: str) -> int:
        fragment = self.fragments.get(name)
        if fragment is None or name in self.open:
            return 0
        self.open.add(name)
        found = self.cost(fragment.selection_set, self.schema.get_type(fragment.type_condition.name.value))
        self.open.discard(name)
        return found

    def _field(self, node: FieldNode, parent: Any) -> int:
        fields = parent.fields if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else {}
        definition = fields.get(node.name.value)
        if definition is None or node.selection_set is None:
            return 0
        many = self._length(node, definition.type)
        return many * (1 + self.cost(node.selection_set, get_named_type(definition.type)))

    def _length(self, node: FieldNode, kind: Any) -> int:
        sizes = [self._number(argument.value) for argument in node.arguments or () if argument.name.value in {"first", "last"}]
        if str(get_named_type(kind)).endswith("Connection"):
            return max([size for size in sizes if size is not None], default=DEFAULT_PAGE)
        if isinstance(kind.of_type if isinstance(kind, GraphQLNonNull) else kind, GraphQLList):
            # The edges of a page are counted with the page itself.
            return 1 if node.name.value == "edges" else _LIST
        return 1

    def _number(self, value: Any) -> int | None:
        found = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        if isinstance(value, IntValueNode):
            found = int(value.value)
        return min(max(found, 1), LARGEST_PAGE) if isinstance(found, int) else None


def cost(schema: GraphQLSchema, document: DocumentNode, name: str | None, variables: Mapping[str, Any] | None) -> int:
    """The number of objects that the operation `name` could make, at most."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    walk = _Walk(schema, variables or {}, fragments)
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    chosen = [node for node in operations if name is None or (node.name and node.name.value == name)]
    return max((walk.cost(node.selection_set, schema.get_root_type(node.operation)) for node in chosen), default=0)
