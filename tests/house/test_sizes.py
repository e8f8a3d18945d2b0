"""Small files and small functions are the normal state."""

from statistics import median

from tests.house.source import ROOT, Function, sources

LONGEST_FILE, MEDIAN_FILE = 250, 60
LONGEST_TESTS = 400
LONGEST_FUNCTION, MEDIAN_FUNCTION = 40, 6


def test_no_file_is_longer_than_one_subject_needs():
    long = {each.path: len(each.lines) for each in sources() if len(each.lines) > LONGEST_FILE}
    assert long == {}


def test_no_file_of_tests_is_longer_than_one_subject_of_theirs_needs():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "tests").rglob("*.py")
        if "node_modules" not in path.parts
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_TESTS} == {}


def test_half_of_the_files_fit_one_screen():
    assert median(len(each.lines) for each in sources()) <= MEDIAN_FILE


def test_no_function_is_longer_than_one_thing_needs():
    long = {
        f"{each.at(function)} {function.name}": length(function)
        for each in sources()
        for function in each.functions()
        if length(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_half_of_the_functions_are_a_few_lines():
    lengths = [length(function) for each in sources() for function in each.functions()]
    assert median(lengths) <= MEDIAN_FUNCTION


def length(function: Function) -> int:
    """Lines from `def` to the last statement, decorators apart."""
    return function.end_lineno - function.lineno + 1
