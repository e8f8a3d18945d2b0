"""A test that cannot run is never passed over in silence."""

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT

SKIPPED = """
import pytest

@pytest.mark.skip(reason="no browser here")
def test_of_a_page(): ...

@pytest.mark.xfail(reason="known")
def test_of_a_known_fault(): raise AssertionError
"""


@pytest.mark.parametrize(
    ("told", "code", "closing"),
    [
        ({}, 0, "1 skipped, 1 xfailed"),
        ({"CI": "true"}, 1, "1 xfailed, 1 error"),
        ({"POLIS_ROUNDS": "full"}, 1, "1 xfailed, 1 error"),
    ],
    ids=["make test", "CI", "make prove"],
)
def test_what_could_not_run_is_named_and_where_all_has_to_it_has_failed(
    tmp_path, told, code, closing
):
    (tmp_path / "test_it.py").write_text(SKIPPED)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plugins = ["-p", "no:cacheprovider", "-p", "tests.house.could_not_run"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-c", tmp_path / "pytest.ini", *plugins, tmp_path],
        cwd=ROOT,
        env={
            **os.environ,
            "COLUMNS": "200",
            "PYTEST_ADDOPTS": "",
            "CI": "",
            "POLIS_ROUNDS": "",
            **told,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    *before, last = done.stdout.splitlines()
    assert done.returncode == code, done.stdout
    assert closing in last
    assert "no browser here" in "\n".join(before[-4:])


def test_a_test_is_given_up_in_one_place_alone():
    giving_up = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").glob("**/*.py")
        if "node_modules" not in path.parts and "pytest.skip(" in path.read_text("utf-8")
    }
    assert giving_up == {"tests/needed.py", "tests/house/test_could_not_run.py"}
