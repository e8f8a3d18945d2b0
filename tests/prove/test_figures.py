"""The list of figures and the tests agree: each is measured by a test of its row, and no other is."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.prove.figures import FIGURES, OF
from tests.spec.requirements import PROMISED

TESTS = Path(__file__).parent.parent
CLAIMED = {each.id: set(each.tests) for each in PROMISED}


class Measuring(NamedTuple):
    """A place where a test puts a figure into the table."""

    test: str  # as the lists of demands name it
    row: str
    what: str


def measuring() -> Iterator[Measuring]:
    """Every call of the fixture, in every test."""
    for path in TESTS.rglob("test_*.py"):
        if "node_modules" in path.parts or "measured(" not in (text := path.read_text("utf-8")):
            continue
        for test in ast.parse(text).body:
            for call in ast.walk(test):
                its = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "measured"
                if its and len(call.args) == 3 and isinstance(call.args[0], ast.Constant):
                    row, what = (ast.literal_eval(each) for each in call.args[:2])
                    yield Measuring(f"{path.relative_to(TESTS)}::{test.name}", row, what)


def test_every_figure_is_measured_and_every_measure_is_a_figure_of_the_list():
    assert {(each.row, each.what) for each in measuring()} == set(OF)
    assert len(OF) == len(FIGURES)


def test_a_figure_is_measured_by_tests_that_show_its_row():
    assert [each for each in measuring() if each.test not in CLAIMED[each.row]] == []


@pytest.mark.parametrize("figure", FIGURES, ids=lambda each: f"{each.row}: {each.what}")
def test_a_figure_says_what_was_promised(figure):
    assert figure.promised
    assert figure.row in CLAIMED
