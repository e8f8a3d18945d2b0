"""The table of `make prove` says what tests found, on which database, and what nobody measured."""

import pytest

from tests.prove.table import Line, Table, as_markdown, as_text

NAME = "tests/db/test_contention.py::test_r8_writers_in_eight_processes_lose_nothing_and_never_find_it_locked"
GUESSES = "tests/prove/test_guesses.py::test_s23_four_processes_let_ten_guesses_through_and_not_the_right_one_after"


def told(table, nodeid, outcome="passed", **figures):
    """What pytest says of a test, as a worker of xdist sends it over."""
    properties = [("measured", list(each)) for each in figures.get("measured", ())]
    for when in ("setup", "call", "teardown"):
        ended = outcome if when == "call" else "passed"
        report = pytest.TestReport(
            nodeid, ("", 0, ""), {}, ended, None, when, user_properties=properties
        )
        sent = pytest.TestReport._from_json(report._to_json())
        table.pytest_runtest_logreport(sent)


def lines(table, row):
    return [each for each in table.lines() if each.row == row]


def test_a_figure_stands_below_its_promise_once_for_all_databases_that_agree():
    table = Table()
    what = "guesses let through by four processes"
    told(table, f"{GUESSES}[sqlite]", measured=[("S23", what, 10)])
    told(table, f"{GUESSES}[postgresql]", measured=[("S23", what, 10)])
    promise, figure = lines(table, "S23")
    assert (promise.measured, promise.database) == ("2 passed", "postgresql, sqlite")
    assert figure == Line("S23", f"{what}: 10", "10", "postgresql, sqlite")


def test_a_figure_that_differs_from_database_to_database_has_a_line_for_each():
    table = Table()
    what = "guesses let through by four processes"
    for kind, count in (("sqlite", 10), ("postgresql", 11)):
        told(table, f"{GUESSES}[{kind}]", measured=[("S23", what, count)])
    found = [(each.measured, each.database) for each in lines(table, "S23")]
    assert found == [("2 passed", "postgresql, sqlite"), ("10", "sqlite"), ("11", "postgresql")]


def test_figures_of_several_tests_are_added_up_or_compared_as_the_list_says():
    table = Table()
    what = "writes lost or told the database is locked"
    told(table, NAME, measured=[("R8", what, 2), ("R8", what, 3)])
    told(table, f"{NAME}[1]", measured=[("R8", "writes of eight processes", 160)])
    found = {each.promise.partition(":")[0]: each.measured for each in lines(table, "R8")}
    assert (found[what], found["writes of eight processes"]) == ("5", "160")


def test_what_failed_and_what_nobody_measured_is_said():
    table = Table()
    told(table, NAME, "failed")
    promise, *figures = lines(table, "R8")
    assert promise.measured == "1 failed"
    assert {each.measured for each in figures} == {"not measured"}
    assert {each.measured for each in lines(table, "S1")} == {"not run", "not measured"}


def test_the_document_has_a_line_for_every_line_and_the_terminal_cuts_what_is_long():
    rows = [Line("S1", "x" * 500, "0", "sqlite"), Line("R20", "a | b", "1 passed", "")]
    document, screen = as_markdown(rows).splitlines(), as_text(rows).splitlines()
    assert document[2] == f"| S1 | {'x' * 500} | 0 | sqlite |"
    assert document[3].count("|") == 5
    assert [len(line) < 140 for line in screen] == [True] * 3
    assert screen[1].endswith("…  0         sqlite")
