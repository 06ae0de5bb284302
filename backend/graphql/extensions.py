"""What surrounds every operation: limits, its own context, the audit log, and masked errors."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    MaskErrors,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    SchemaExtension,
    ValidationCache,
)

from backend.errors import AssayError
from backend.graphql.context import Context, Note
from backend.graphql.cost import MOST_OBJECTS, cost

log = logging.getLogger("assay.graphql")

MOST_DEPTH = 12
MOST_ALIASES = 30
MOST_TOKENS = 4_000
# Made once: the validation cache keys on the rules themselves.
_RULES = [*QueryDepthLimiter(MOST_DEPTH).validation_rules, *MaxAliasesLimiter(MOST_ALIASES).validation_rules]


class CostLimiter(SchemaExtension):
    """Refuses an operation that could make more than `MOST_OBJECTS` objects. Comes after validation: only a valid one is counted."""

    def on_validate(self) -> Iterator[None]:
        self._count()
        yield

    def _count(self) -> None:
        run = self.execution_context
        if run.pre_execution_errors or run.graphql_document is None:
            return
        found = cost(run.schema._schema, run.graphql_document, run.operation_name, run.variables)
        if found > MOST_OBJECTS:
            message = f"This could make {found:,} objects; {MOST_OBJECTS:,} are the most. Ask for fewer rows a page or fewer nested lists."
            run.pre_execution_errors = [GraphQLError(message, extensions={"code": "too_costly"})]


class MaskedErrors(MaskErrors):
    """
    Expected errors keep their sentence and gain their code; the rest becomes "Something went wrong" with an id, under which the log has
    the whole of it.
    """

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        original = error.original_error
        if isinstance(original, AssayError):
            extensions = {"code": original.code, **_details(original)}
            return GraphQLError(original.message, nodes=error.nodes, path=error.path, extensions=extensions)
        number = secrets.token_hex(6)
        log.error("error %s at %s", number, error.path, exc_info=original)
        message = f"Something went wrong. The log has the details under {number}."
        return GraphQLError(message, nodes=error.nodes, path=error.path, extensions={"code": "internal", "id": number})


def _details(error: AssayError) -> dict[str, object]:
    return {name: str(value) for name in ("pointer", "permission") if (value := getattr(error, name, None)) is not None}


def _unexpected(error: GraphQLError) -> bool:
    """Faults of the query itself and errors raised for the client's eyes carry no original error."""
    return error.original_error is not None and not isinstance(error.original_error, GraphQLError)


Record = Callable[[Context, list[Note]], Awaitable[None]]


def operation(record: Record) -> type[SchemaExtension]:
    """The extension that gives each operation its context, and writes its audit notes before the answer leaves."""

    class Operation(SchemaExtension):
        async def on_operation(self) -> AsyncIterator[None]:
            run = self.execution_context
            context: Context = run.context.for_operation()
            run.context = context
            try:
                yield
            finally:
                await context.renew()
            if context.notes:
                await record(context, context.notes)

    return Operation


def extensions(record: Record) -> list[type[SchemaExtension] | Callable[[], SchemaExtension]]:
    """In order; each is made afresh for every operation."""
    return [
        lambda: MaskedErrors(should_mask_error=_unexpected),
        operation(record),
        lambda: MaxTokensLimiter(MOST_TOKENS),
        lambda: AddValidationRules(_RULES),
        ParserCache,
        ValidationCache,
        CostLimiter,
    ]
