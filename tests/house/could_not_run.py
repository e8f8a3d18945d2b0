"""A pytest plugin: what cannot run here is said by name, and a failure where everything has to.

That is with CI=true, whose reasons nobody reads, and in `make prove`, which shows what is promised.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rounds import full

ROOT = Path(__file__).parents[2]
_JAVASCRIPT = ("tests/clients/node_modules",)
_PYTHON = tuple(f".venv-clients/{line}" for line in ("mcp1", "mcp2", "fastmcp"))
NEEDED = {"tests/clients/": _JAVASCRIPT + _PYTHON, "tests/conformance/": _JAVASCRIPT}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests whose clients are not installed, each with its reason."""
    for item in items:
        for folder, homes in NEEDED.items():
            if item.nodeid.startswith(folder) and (missing := _missing(homes)):
                item.add_marker(pytest.mark.skip(reason=f"{missing} is not installed"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """A test that could not run has failed where all have to."""
    report = yield
    everything = os.environ.get("CI") == "true" or full()
    if report.skipped and not hasattr(report, "wasxfail") and everything:
        report.outcome = "failed"
        report.longrepr = f"could not run, where everything has to: {report.longrepr[2]}"
    return report


def _missing(homes: tuple[str, ...]) -> str:
    absent = (home for home in homes if not (ROOT / home / ".lock-digest").exists())
    return next(absent, "")
