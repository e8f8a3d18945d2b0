"""The table of `make prove`: for each promise what was measured, and on which database."""

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

WRITTEN = Path(__file__).parents[2] / "build/prove.md"
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

    def __init__(self) -> None:
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

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if full() and self.outcomes:
            lines = list(self.lines())
            WRITTEN.parent.mkdir(exist_ok=True)
            WRITTEN.write_text(as_markdown(lines), encoding="utf-8")
            terminalreporter.section("what we promise, and what was measured")
            terminalreporter.write(as_text(lines))

    def lines(self) -> Iterator[Line]:
        """Each promise with its tests, and below it each of its figures."""
        for each in PROMISED:
            yield self._promise(each)
            for figure in FIGURES:
                if figure.row == each.id:
                    yield from self._figure(figure)

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
