"""A table of reactions: a row for each, and nothing a spreadsheet would run."""

import csv
from io import StringIO

import pytest

from app.domain.report.rows import cell
from app.domain.report.rows import csv as table
from tests.domain.report.reactions import seat


@pytest.mark.parametrize(("value", "told"), [
    (None, None), (4, 4), (-4, -4), ("plain", "plain"), (["a", "b"], "a\nb"),
    ({"answer": "Yes"}, '{"answer": "Yes"}'),
])  # fmt: skip
def test_a_value_is_told_as_a_cell_can_hold_it(value, told):
    assert cell(value) == told


def test_a_row_is_a_reaction_and_what_was_not_asked_is_empty():
    told = table(
        [("run_1", [seat(1, quote=["=cmd", "b"]), seat(2, trust=4)]), ("run_2", [seat(1)])]
    )
    rows = list(csv.DictReader(StringIO(told)))
    assert [row["run_id"] for row in rows] == ["run_1", "run_1", "run_2"]
    assert rows[0]["quote"] == "'=cmd\nb"
    assert [row["trust"] for row in rows] == ["", "4", ""]
    assert rows[1]["persona_id"] == "p2"
