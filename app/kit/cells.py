"""Cells of tables for spreadsheets (CSV, RFC 4180), none of which is read as a formula."""

import csv
from collections.abc import Iterable
from io import StringIO

# What spreadsheets take for the beginning of a formula, also in its full width.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠|%")  # noqa: RUF001 # the wide ones are the point


def safe(cell: object) -> object:
    """A text that a spreadsheet would reckon with, told from a formula by an apostrophe."""
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def line(cells: Iterable[object]) -> str:
    """One row of a table, its end included."""
    buffer = StringIO()
    csv.writer(buffer).writerow([safe(cell) for cell in cells])
    return buffer.getvalue()
