"""A row of any table: what a test is about is said, and other columns hold anything of their type."""

from sqlalchemy import Column, insert
from sqlalchemy.orm import Session

from app.db import Base, Instant, JsonText
from app.kit import clock, ids

_PREFIXES = {
    "webhook_endpoints": "whe",
    "webhook_events": "evt",
    "webhook_deliveries": "dlv",
    "share_links": "shr",
    "saved_audiences": "aud",
    "connector_checks": "chk",
    "passkeys": "pky",
    "payments": "pay",
}
_OF_AN_ID = 40  # what text has room for one


def row(session: Session, model: type[Base], **facts: object) -> tuple[object, ...]:
    """Write one; gives its primary key. Facts that are no columns of it are left out."""
    table = model.__table__
    values = {
        column.name: facts.get(column.name, _anything(column))
        for column in table.columns
        if column.name in facts or not (column.nullable or column.default)
    }
    session.execute(insert(table).values(values))
    return tuple(values[column.name] for column in table.primary_key)


def _anything(column: Column) -> object:
    if column.name == "id":
        return ids.new(_PREFIXES.get(column.table.name, "row"))
    if isinstance(column.type, Instant):
        return clock.now()
    if isinstance(column.type, JsonText):
        return []
    kind = column.type.python_type
    return _text(column) if kind is str else _OF_A_KIND[kind]()


def _text(column: Column) -> str:
    length = column.type.length
    return "x" if length and length < _OF_AN_ID else ids.new("x")


_OF_A_KIND = {bytes: lambda: ids.new("some").encode(), int: lambda: 1, bool: lambda: False}
