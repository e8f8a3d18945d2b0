"""The table of `make prove`: for each promise what was measured, and on which database.

A session that was to do everything and leaves a promise unshown has failed, whatever passed in it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.databases import DATABASES
from tests.prove.figures import FIGURES, OF, Figure, Value
from tests.rounds import full
from tests.spec.requirement import Requirement
from tests.spec.requirements import PROMISED

TESTS = Path(__file__).parents[1]
WRITTEN = TESTS.parent / "build/prove.md"
_MEASURED = "measured"


class Line(NamedTuple):
    """One line of the table."""

    row: str
    promise: str
    measured: str
    database: str


def record(item: pytest.Item, row: str, what: str, value: Value) -> None:
    """Keep what a test found; it travels with the test's report."""
    assert (row, what) in OF, f"say in tests/prove/figures.py what {row} promises of {what!r}"
    item.user_properties.append((_MEASURED, [row, what, value]))


class Table:
    """Listens to every test's report, and prints what they come to."""

    def __init__(self, tests: Path = TESTS, written: Path = WRITTEN) -> None:
        self.tests, self.written = tests, written
        self.outcomes: dict[str, str] = {}
        self.found: dict[tuple[str, str, str], list[Value]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome != "passed" or report.when == "call":
            self.outcomes[report.nodeid] = report.outcome
        if report.when == "teardown":
            for name, told in report.user_properties:
                if name == _MEASURED:
                    row, what, value = told
                    self.found[row, what, database_of(report.nodeid)].append(value)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """What is missing becomes errors, so that pytest's own closing line counts them."""
        over = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if not (full() and over and self.outcomes and is_whole(session.config, self.tests)):
            return
        printing = session.config.pluginmanager.get_plugin("terminalreporter")
        for row, what in self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            if printing is not None:
                printing.stats.setdefault("error", []).append(_error(row, what))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if full() and self.outcomes:
            lines = list(self.lines())
            self.written.parent.mkdir(exist_ok=True)
            self.written.write_text(as_markdown(lines), encoding="utf-8")
            terminalreporter.section("what we promise, and what was measured")
            terminalreporter.write(as_text(lines))

    def lines(self) -> Iterator[Line]:
        """Each promise with its tests, and below it each of its figures."""
        for each in PROMISED:
            yield self._promise(each)
            for figure in FIGURES:
                if figure.row == each.id:
                    yield from self._figure(figure)

    def missing(self) -> Iterator[tuple[str, str]]:
        """Tests of a promise that never passed, and figures nobody measured; each with its row."""
        passed = {test_of(each) for each, end in self.outcomes.items() if end == "passed"}
        measured = {(row, what) for row, what, _ in self.found}
        for each in PROMISED:
            yield from ((each.id, test) for test in each.tests if test not in passed)
        for figure in FIGURES:
            if figure[:2] not in measured:
                yield figure.row, figure.what

    def _promise(self, wanted: Requirement) -> Line:
        """How many of its tests passed, failed or could not run, and on which databases."""
        ran = {each: end for each, end in self.outcomes.items() if test_of(each) in wanted.tests}
        counts = Counter(ran.values())
        measured = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        return Line(
            wanted.id, wanted.sentence, measured or "not run", _joined(map(database_of, ran))
        )

    def _figure(self, figure: Figure) -> Iterator[Line]:
        """What was measured; one line where all databases agree."""
        promise = f"{figure.what}: {figure.promised}"
        where: dict[Value, list[str]] = defaultdict(list)
        for (row, what, database), values in self.found.items():
            if (row, what) == figure[:2]:
                where[figure.joined(values)].append(database)
        for value, databases in where.items():
            told = f"{value:,}" if isinstance(value, int) else str(value)
            yield Line(figure.row, promise, told, _joined(databases))
        if not where:
            yield Line(figure.row, promise, "not measured", "")


def is_whole(config: pytest.Config, tests: Path) -> bool:
    """Whether all tests were asked for: none by its file or name, and none left out."""
    chosen = ("keyword", "markexpr", "lf", "deselect", "ignore", "ignore_glob")
    if any(config.getoption(each, None) for each in chosen):
        return False
    asked = {(config.invocation_params.dir / each).resolve() for each in config.args}
    return bool({tests, tests.parent} & asked)


def _error(row: str, what: str) -> pytest.TestReport:
    """As pytest tells of whatever else went wrong beside a test."""
    name = f"promise {row}: {what}"
    sentence = f"{row} is promised, and nothing in this run shows it: {what}"
    return pytest.TestReport(name, ("", None, name), {}, "failed", sentence, "teardown")


def test_of(nodeid: str) -> str:
    """A test as the lists of demands name it: `path under tests::name`."""
    return nodeid.removeprefix("tests/").partition("[")[0]


def database_of(nodeid: str) -> str:
    """The database a test ran on, as its parameters say."""
    asked = re.split(r"[-\[\]]", nodeid.partition("[")[2])
    return next((each for each in (*DATABASES, "redis") if each in asked), "")


def _joined(databases: Iterable[str]) -> str:
    return ", ".join(sorted({each for each in databases if each}))


def as_markdown(lines: list[Line]) -> str:
    """The table as a document."""
    rows = [Line("row", "promise", "measured", "database"), Line(*["---"] * 4), *lines]
    return "".join(f"| {' | '.join(each.replace('|', '/') for each in row)} |\n" for row in rows)


def as_text(lines: list[Line], width: int = 96) -> str:
    """The table for a terminal: a promise is cut where the document has it whole."""
    rows = [Line("row", "promise", "measured", "database"), *lines]
    first = max(len(each.row) for each in rows)
    third = max(len(each.measured) for each in rows)
    return "".join(
        f"{row:<{first}}  {_cut(promise, width):<{width}}  {measured:<{third}}  {database}".rstrip()
        + "\n"
        for row, promise, measured, database in rows
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
