"""Tables for spreadsheets, sent as they are read."""

from collections.abc import Iterable, Sequence

from flask import Response, stream_with_context

from app.kit import cells
from app.web.attachments import attached

Cell = str | int | None

MOST_ROWS = 10_000


def answer(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """A file to keep, made while it is sent."""
    lines = stream_with_context(cells.line(row) for row in rows)
    return attached(lines, "text/csv; charset=utf-8", f"{name}.csv")
