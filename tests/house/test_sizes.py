"""Small files and small functions are the normal state."""

from statistics import median

from tests.house.source import Function, sources

LONGEST_FILE, MEDIAN_FILE = 250, 60
LONGEST_FUNCTION, MEDIAN_FUNCTION = 40, 6


def test_no_file_is_longer_than_one_subject_needs():
    long = {each.path: len(each.lines) for each in sources() if len(each.lines) > LONGEST_FILE}
    assert long == {}


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
