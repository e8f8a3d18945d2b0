"""The list of demands and the tests agree: no demand without a test, no test that is not there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.spec.requirements import REQUIREMENTS

TESTS = Path(__file__).parent.parent
NUMBERED = {*(f"S{number}" for number in range(1, 36)), *(f"R{number}" for number in range(1, 21))}
ROWS = NUMBERED | {
    *(f"connector-{number}" for number in range(1, 14)),
    *(f"gap-{number}" for number in range(1, 17)),
}
OF_A_ROW = re.compile(r"test_(connector_\d+|gap_\d+|[rs]\d+)_")


@cache
def functions_of(path: str) -> Counter[str]:
    """The tests a file holds for pytest to collect, by name; two of a name are one too many."""
    file = TESTS / path
    if not (file.is_file() and file.name.startswith("test_")):
        return Counter()
    functions = ast.parse(file.read_text(encoding="utf-8")).body
    return Counter(
        each.name
        for each in functions
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    )


@pytest.mark.parametrize("wanted", REQUIREMENTS, ids=lambda each: each.id)
def test_every_demand_is_shown_by_tests_that_are_there(wanted):
    assert wanted.tests
    for each in wanted.tests:
        path, _, name = each.partition("::")
        assert functions_of(path)[name] == 1, each


def test_every_demand_has_an_id_of_its_own_and_a_source_anybody_can_read():
    assert [
        id_ for id_, count in Counter(each.id for each in REQUIREMENTS).items() if count > 1
    ] == []
    for each in REQUIREMENTS:
        assert each.sentence.endswith("."), each.id
        assert re.match(r"https://|OWASP |our own promise$", each.source), each.source


def test_every_row_has_its_entry():
    ids = {each.id for each in REQUIREMENTS}
    assert ids >= ROWS


def test_every_numbered_row_has_a_test_of_its_name():
    named = {
        each.id
        for each in REQUIREMENTS
        if any(f"::test_{each.id.lower()}_" in test for test in each.tests)
    }
    assert NUMBERED - named == set()


def test_every_test_that_names_a_row_is_claimed_by_it():
    claimed = {test for each in REQUIREMENTS for test in each.tests}
    named = {
        f"{file.relative_to(TESTS)}::{name}"
        for file in TESTS.rglob("test_*.py")
        if "node_modules" not in file.parts
        for name in functions_of(str(file.relative_to(TESTS)))
        if OF_A_ROW.match(name)
    }
    assert named - claimed == set()


def test_what_this_session_collected_holds_every_test_of_a_file(request):
    """Where nothing was left out by name, mark or former failure, each named test is an item."""
    chosen = ("keyword", "markexpr", "lf", "deselect")
    if any(request.config.getoption(each, None) for each in chosen):
        return
    whole = {Path(each).resolve() for each in request.config.args if "::" not in each}
    found = Counter(
        (str(item.path.relative_to(TESTS)), getattr(item, "originalname", item.name))
        for item in request.session.items
        if item.path.is_relative_to(TESTS)
    )
    for path, name in (test.split("::") for each in REQUIREMENTS for test in each.tests):
        asked = any((TESTS / path).is_relative_to(each) for each in whole)
        assert not asked or found[path, name] > 0, f"{path}::{name}"
