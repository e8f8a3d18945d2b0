"""Reactions as rows of a table, safe to open in a spreadsheet."""

import json
from collections.abc import Iterator, Sequence

from app.domain.report.seats import Seat
from app.kit import cells

_PERSON = ("id", "name", "age", "occupation", "archetype", "circle", "context")


def csv(runs: Sequence[tuple[str, Sequence[Seat]]]) -> str:
    """One row a reaction, one column a field; what a person was not asked stays empty."""
    fields = list(dict.fromkeys(name for _, seats in runs for one in seats for name in one.body))
    head = ["run_id", *(f"persona_{name}" for name in _PERSON), *fields]
    return cells.line(head) + "".join(map(cells.line, _rows(runs, fields)))


def cell(value: object) -> object:
    """A value as a cell holds it: numbers as they are, lists by lines, all else as JSON."""
    if value is None or isinstance(value, int | float | str):
        return value
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return json.dumps(value, ensure_ascii=False)


def _rows(
    runs: Sequence[tuple[str, Sequence[Seat]]], fields: Sequence[str]
) -> Iterator[list[object]]:
    for run_id, seats in runs:
        for one in seats:
            person = [cell(one.persona.get(name)) for name in _PERSON]
            yield [run_id, *person, *(cell(one.body.get(name)) for name in fields)]
