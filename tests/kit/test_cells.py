"""Cells that a spreadsheet would take for a formula are told as text."""

import pytest

from app.kit import cells


@pytest.mark.parametrize(
    "cell", [
        "=1", "+1", "-1", "@a", "\t=1", "\r=1", "  =1", "\uff1d1", "|x", "%x", "=cmd|'/c calc'!A1",
    ],
)  # fmt: skip
def test_a_text_that_looks_like_a_formula_is_marked(cell):
    assert cells.safe(cell) == f"'{cell}"


def test_no_cell_holds_a_nul_which_ends_a_text_for_some_readers():
    assert cells.safe("x\0=y") == "x=y"


@pytest.mark.parametrize("cell", ["a=1", "", "Draft 2", -5, 12, None])
def test_any_other_cell_stays_as_it_is(cell):
    assert cells.safe(cell) == cell
