"""The table of `make prove` says what tests found, on which database, and what nobody measured."""

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT
from tests.prove.figures import FIGURES
from tests.prove.table import Line, Table, as_markdown, as_text
from tests.spec.requirements import PROMISED

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


def test_a_test_of_a_promise_that_did_not_pass_and_a_figure_nobody_measured_are_missing():
    table = Table()
    for each in PROMISED:
        for test in each.tests:
            told(table, f"tests/{test}[sqlite]")
    assert {*table.missing()} == {(each.row, each.what) for each in FIGURES}
    found = [(each.row, each.what, 0) for each in FIGURES]
    told(table, f"tests/{PROMISED[0].tests[0]}[postgresql]", "skipped", measured=found)
    assert [*table.missing()] == [], "it passed once"
    name = "prove/test_guesses.py::test_s23_four_processes_let_ten_guesses_through_and_not_the_right_one_after"
    told(table, f"tests/{name}[sqlite]", "failed")
    assert [*table.missing()] == [("S23", name)]


LISTENING = """
from pathlib import Path

from tests.prove.table import Table


def pytest_configure(config):
    here = Path(__file__).parent
    config.pluginmanager.register(Table(here, here / "build/prove.md"))
"""


@pytest.fixture
def session(tmp_path):
    """Runs a session of one test that passes and shows nothing of what is promised."""
    (tmp_path / "conftest.py").write_text(LISTENING)
    (tmp_path / "test_it.py").write_text("def test_it(): ...\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\n")

    def run(*asked, **told):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", *asked],
            cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTEST_ADDOPTS": "", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "POLIS_ROUNDS": "", **told},
        )  # fmt: skip

    return run


@pytest.mark.parametrize("how", [(), ("-p", "xdist", "-n", "1")], ids=["one process", "xdist"])
def test_a_full_run_that_shows_too_little_fails_and_prints_its_table_before_the_closing_line(
    session, tmp_path, how
):
    done = session(*how, POLIS_ROUNDS="full")
    *before, last = done.stdout.splitlines()
    count = sum(len(each.tests) for each in PROMISED) + len(FIGURES)
    assert (done.returncode, f"1 passed, {count} errors" in last) == (1, True), done.stdout
    title = next(place for place, line in enumerate(before) if "what was measured" in line)
    assert before[title + 2].startswith("S")
    assert any(line.startswith("ERROR promise R2: kill -9 of processes") for line in before[title:])
    assert "S23" in (tmp_path / "build/prove.md").read_text()


@pytest.mark.parametrize(
    ("asked", "told"),
    [((), {}), (["test_it.py"], {"POLIS_ROUNDS": "full"}), (["-k", "it"], {"POLIS_ROUNDS": "full"})],
    ids=["a tenth", "one file", "by name"],
)  # fmt: skip
def test_a_run_of_a_part_owes_nothing(session, asked, told):
    done = session(*asked, **told)
    assert (done.returncode, "1 passed in" in done.stdout) == (0, True), done.stdout
