"""`polis score`: pairs in, odds out, a line each; for exams on data nobody here has seen."""

import json
import subprocess
import sys

import pytest

from app.settings import ROOT

PAIRS = [
    {"a": "She Was Told She'd Never Walk. Watch What She Does.", "b": "We Have A Report."},
    {"b": "She Was Told She'd Never Walk. Watch What She Does.", "a": "We Have A Report."},
    {"a": "The same", "b": "The same"},
]


def score(lines, format_="headline"):
    command = [sys.executable, "-m", "app.cli", "score", "--format", format_]
    return subprocess.run(
        command, input=lines, cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("format_", ["headline", "tweet", "argument"])
def test_each_pair_gets_its_line_of_odds(format_):
    told = score("\n".join(map(json.dumps, PAIRS)) + "\n\n", format_)
    assert (told.returncode, told.stderr) == (0, "")
    first, second, same = (json.loads(line)["p_a"] for line in told.stdout.splitlines())
    assert first + second == pytest.approx(1, abs=2e-4)
    assert same == 0.5


def test_a_line_that_is_no_pair_is_named_and_those_before_it_are_answered():
    told = score(json.dumps(PAIRS[0]) + '\n{"a": "only one"}\n')
    assert told.returncode == 1
    assert len(told.stdout.splitlines()) == 1
    assert "Line 2 is not a JSON object with two texts" in told.stderr


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"a": 1, "b": "x"}', "[" * 100_000])
def test_rubbish_is_refused_in_words(line):
    told = score(line)
    assert told.returncode == 1
    assert "Line 1 is not a JSON object" in told.stderr
    assert "Traceback" not in told.stderr


def test_nothing_in_is_nothing_out():
    told = score("")
    assert (told.returncode, told.stdout) == (0, "")


def test_a_format_without_a_head_is_refused_with_those_that_have_one():
    told = score("", "linkedin")
    assert told.returncode == 2
    assert "'headline', 'tweet', 'argument'" in told.stderr
