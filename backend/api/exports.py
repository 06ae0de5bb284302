"""The audit log as a file: streamed, so that neither its size nor a slow reader costs memory."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
from sqlalchemy import select
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from backend.accounts.tables import User
from backend.api.authenticate import context_of
from backend.audit import rules
from backend.audit import service as audit
from backend.audit.rules import AuditFilter
from backend.audit.sentences import sentence
from backend.audit.tables import AuditEntry
from backend.authz.actions import AccountAction
from backend.clock import utc_now
from backend.errors import InvalidInput, NotPermitted, TooManyRefused
from backend.graphql.context import Context
from backend.graphql.ids import global_id, local_id
from backend.graphql.services import Services

Record = dict[str, Any]
T = TypeVar("T")

COLUMNS = ("at", "actor", "email", "actorKind", "action", "sentence", "objectType", "objectId", "person", "address", "detail")
_PRIVATE = {"cache-control": "private, no-store", "vary": "cookie"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_KNOWN = {"actor", "action", "objectType", "from", "to", "text"}


def routes(services: Services) -> list[Route]:
    async def serve(request: Request) -> Response:
        try:
            context = await context_of(services, request)
        except TooManyRefused as error:
            refusal = _refused(429, error.code, error.message)
            refusal.headers["retry-after"] = str(error.retry_after_s)
            return refusal
        if context.actor is None:
            return _refused(401, "unauthenticated", "Sign in first.")
        try:
            context.actor.require_account(AccountAction.AUDIT_READ)
            wanted = filter_of(request.query_params)
        except NotPermitted as error:
            return _refused(403, error.code, error.message)
        except InvalidInput as error:
            return _refused(400, error.code, error.message, pointer=error.pointer)
        finally:
            await context.renew()
        kind = request.url.path.rpartition(".")[2]
        await _note(context, kind, wanted)
        return _file(_lines(kind, _records(context, wanted)), kind)

    return [Route("/account/audit.csv", serve), Route("/account/audit.jsonl", serve)]


def filter_of(query: Mapping[str, str]) -> AuditFilter:
    """The filter of an address. Raises InvalidInput, with the parameter's name as pointer."""
    for name in query:
        if name not in _KNOWN:
            raise InvalidInput(f"There is no filter of this name; there are: {', '.join(sorted(_KNOWN))}.", pointer=f"/{name}", value=name)
    given = {name: value for name, value in query.items() if value}
    actor = given.get("actor")
    wanted = AuditFilter(
        actor_id=None if actor is None else local_id("User", actor) or 0,
        action=given.get("action"),
        object_type=given.get("objectType"),
        since=_instant(given, "from"),
        until=_instant(given, "to"),
        text=given.get("text"),
    )
    rules.check(wanted, at="")
    return wanted


def _instant(given: Mapping[str, str], name: str) -> datetime | None:
    value = given.get(name)
    if value is None:
        return None
    with suppress(ValueError):
        # A plus sign in an address that nobody encoded arrives as a blank.
        found = datetime.fromisoformat(value.replace(" ", "+"))
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    raise InvalidInput("Write an instant with its offset, like 2026-11-24T14:02:00Z.", pointer=f"/{name}", value=value)


async def _note(context: Context, kind: str, wanted: AuditFilter) -> None:
    async with context.write() as session:
        detail = {"format": kind.upper(), "filter": wanted.document()}
        audit.record(session, context.actor, "audit.export", "Account", context.viewer.account_id, detail=detail)


async def _records(context: Context, wanted: AuditFilter) -> AsyncIterator[Record]:
    account_id, database = context.viewer.account_id, context.services.database
    async for rows in audit.everything(database, context.viewer, wanted):
        async with database.reading(account_id) as session:
            numbers = {row.actor_id for row in rows} | {row.object_id for row in rows if row.object_type == "User"}
            query = select(User).where(col(User.account_id) == account_id, col(User.id).in_(sorted(numbers - {None})))
            people = {person.id: person for person in (await session.execute(query)).scalars()}
        for row in rows:
            yield _record(row, people)


def _record(row: AuditEntry, people: Mapping[int, User]) -> Record:
    actor = people.get(row.actor_id or 0)
    person = people.get(row.object_id or 0) if row.object_type == "User" else None
    values = (
        row.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        actor.name if actor else None,
        actor.email if actor else None,
        row.actor_kind,
        row.action,
        sentence(row.action, row.detail),
        row.object_type,
        global_id(row.object_type, row.object_id) if row.object_id else None,
        person.name if person else None,
        row.address,
        row.detail,
    )
    return dict(zip(COLUMNS, values, strict=True))


async def _lines(kind: str, records: AsyncIterator[Record]) -> AsyncIterator[bytes]:
    write: Callable[[Record], bytes] = _csv if kind == "csv" else _json
    if kind == "csv":
        yield _row(COLUMNS)
    async for piece in _in_pieces(records):
        yield b"".join(map(write, piece))


async def _in_pieces(items: AsyncIterator[T], size: int = 200) -> AsyncIterator[Sequence[T]]:
    piece: list[T] = []
    async for item in items:
        piece.append(item)
        if len(piece) == size:
            yield piece
            piece = []
    yield piece


def _json(record: Record) -> bytes:
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _csv(record: Record) -> bytes:
    return _row([orjson.dumps(value).decode() if isinstance(value, dict) else value for value in record.values()])


def _row(values: Iterable[str | None]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow([disarmed(value or "") for value in values])
    return text.getvalue().encode()


def disarmed(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: names and details are other people's words."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _file(body: AsyncIterator[bytes], kind: str) -> Response:
    media = "text/csv; charset=utf-8" if kind == "csv" else "application/jsonl; charset=utf-8"
    name = f"audit-{utc_now():%Y-%m-%d}.{kind}"
    return StreamingResponse(body, media_type=media, headers={**_PRIVATE, "content-disposition": f'attachment; filename="{name}"'})


def _refused(status: int, code: str, message: str, **more: str) -> Response:
    return JSONResponse({"code": code, "message": message, **more}, status, headers=_PRIVATE)
