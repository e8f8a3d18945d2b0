"""Every bench starts, and the dashboard's measures its pages: what is seldom run breaks unseen."""

import subprocess
import sys

import pytest

from bench import dashboard
from bench.dashboard_world import pages
from tests.house.source import ROOT

TINY = ("--runs", "20", "--entries", "200", "--rounds", "1", "--kinds", "sqlite")
BENCHES = (
    "backup.py", "crowd.py", "dashboard.py", "enumeration.py", "growth.py", "mcp.py", "oauth.py", "soak.py",
    "start.py",
)  # fmt: skip


def ran(name, *arguments):
    """What a bench printed; a promise of time that does not hold here is not looked at."""
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / name, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_can_be_started(name):
    ran(name, "--help")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_r9_the_crowds_bench_asks_everything_and_gets_answers(kind):
    small = ("--people", "20", "--runs", "20", "--entries", "200", "--seconds", "2")
    told = ran("crowd.py", *small, "--kinds", kind)
    for what in ("docs", "authenticated MCP read", "token endpoint, refresh", "dashboard"):
        assert f"| {what} | " in told


def test_r9_the_dashboards_bench_measures_the_pages_it_is_asked_for():
    told = ran("dashboard.py", *TINY, "--page", "st")
    named = [line.split(" | ")[0].removeprefix("| ") for line in told.splitlines()]
    assert [each for each in pages() if "st" in each and each not in named] == []


def sizes(few, many):
    return {"few": [few] * 20, "many": [many] * 20}


@pytest.mark.parametrize(
    ("times", "statements", "holds"),
    [
        (sizes(40.0, 60.0), 12, True),
        (sizes(149.0, 150.0), 12, True),
        (sizes(149.0, 151.0), 12, False),  # its bound alone
        (sizes(40.0, 90.0), 12, False),
        (sizes(40.0, 60.0), 13, False),
    ],
)
def test_r9_a_page_beyond_any_of_its_bounds_does_not_hold(times, statements, holds):
    took = {"few": 8, "many": statements}
    assert dashboard.promised("runs", times, dashboard.slowest(times["many"]), took) == holds
