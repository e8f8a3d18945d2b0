"""R11: however many requests a process has answered, it holds the same files and threads."""

from pathlib import Path

import pytest

from tests.databases import DATABASES
from tests.prove.enduring import RUN, pids, settled
from tests.prove.machines import Fleet
from tests.rounds import rounds
from tests.together import together
from tests.waiting import until

AT_ONCE, TURNS = 4, rounds(270)
FILLS = 2 * AT_ONCE  # a pool grows once more when all threads ask at the same moment, by one each


@pytest.mark.parametrize("kind", DATABASES)
def test_r11_files_and_threads_are_as_many_after_many_requests_as_after_few(
    copies, tmp_path, kind, measured
):
    with Fleet(copies.fresh(kind, tmp_path), tmp_path) as fleet:
        key, runs = fleet.buyer(100_000), set()

        def ask(number):
            if number == 0:
                runs.add(fleet.web.call("polis_test", RUN, key)["run_id"])
            fleet.web.call(("polis_account", "polis_runs")[number % 2], {}, key)
            fleet.web.asked("/readyz")

        for _ in range(max(8, TURNS // 2)):
            together(4 * AT_ONCE, ask)  # more than it has threads: every connection is made
        settled(fleet.database_url, runs)
        held = {pid: (files(pid), connections(pid), threads(pid)) for pid in pids(fleet)}
        for _ in range(TURNS):
            together(AT_ONCE, ask)
        settled(fleet.database_url, runs)
        for pid, (open_, connected, running) in held.items():
            until(
                lambda p=pid, o=open_, r=running: files(p) <= o and threads(p) <= r,
                lambda p=pid: (held, files(p), threads(p)),
            )
            assert connections(pid) <= connected + FILLS
    measured(
        "R11", "requests after which files and threads were as many", TURNS * (AT_ONCE * 2 + 1)
    )


def files(pid):
    """How many are open that are no connection."""
    return len([each for each in opened(pid) if not connects(each)])


def connections(pid):
    """How many sockets, and handles of SQLite's, are open."""
    return len([each for each in opened(pid) if connects(each)])


def connects(name):
    return name.startswith("socket:") or ".db" in name


def opened(pid):
    """What each open file is; one that was closed meanwhile is none."""
    names = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            names.append(str(each.readlink()))
        except FileNotFoundError:
            continue
    return names


def threads(pid):
    return len([*Path(f"/proc/{pid}/task").iterdir()])
