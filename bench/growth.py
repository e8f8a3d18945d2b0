#!/usr/bin/env python3
"""Whether what agents and people ask most grows with what there is: from ten runs to 100,000.

    python bench/growth.py                                   both databases, up to a million entries
    python bench/growth.py --runs 10,1000 --kinds sqlite     smaller

One database holds an organization of each size; ledger entries are ten for each run. Each thing is
asked of every size in turn, so that whatever else the machine does falls on all. Printed: the median
of each in ms (CPU time of this process on SQLite, whose work is in it; elapsed on PostgreSQL), how
many statements it takes at the largest, and the largest beside the smallest. A curve is flat where
it takes at most twice as long, or 10 ms longer.
"""

import argparse
import contextlib
import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 # after the path is set
from app.domain import keys  # noqa: E402
from app.kit import clock  # noqa: E402
from bench import fresh  # noqa: E402
from bench.dashboard_world import addressed, pages, visitor  # noqa: E402
from tests.databases import DATABASES  # noqa: E402
from tests.factories import Member, settings_for  # noqa: E402
from tests.fakes import SpyQueue  # noqa: E402
from tests.tools.agent import Agent  # noqa: E402
from tests.tools.installation import HELLO, Installation, running  # noqa: E402
from tests.web.account.browser import Visitor  # noqa: E402
from tests.web.queries import counted  # noqa: E402

RUNS, ENTRIES_EACH = "10,100,1000,10000,100000", 10
RATIO, FLOOR_MS = 2.0, 10.0
PAGES = ("overview", "runs", "runs, in the middle", "usage, this period", "billing", "statement")
CALLS = {
    "polis_account": ("polis_account", {}),
    "polis_runs": ("polis_runs", {}),
    "start of a run": ("polis_test", {**HELLO, "detail": "snapshot"}),
}


@dataclass(frozen=True)
class Size:
    """An organization with so many runs, its person at a browser and its agent."""

    runs: int
    person: Visitor
    agent: Agent

    def asked(self, what: str) -> None:
        if what in CALLS:
            tool, arguments = CALLS[what]
            assert "error" not in self.agent.call(tool, **arguments)
        else:
            assert self.person.open(addressed(self.person, pages()[what])).status_code == 200


def main() -> int:
    options = arguments()
    with fresh.databases() as (folder, copies):
        kinds = options.kinds.split(",")
        return max(measured(copies.fresh(kind, folder), folder, kind, options) for kind in kinds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", default=RUNS, help="sizes, smallest first")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--kinds", default=",".join(DATABASES))
    parser.add_argument("--python", help="taken for the sake of make bench")
    return parser.parse_args()


def measured(url: str, folder: Path, kind: str, options: argparse.Namespace) -> int:
    """Print one table; gives 1 where a curve is not flat."""
    built = bootstrap.build(settings_for(url, folder))
    bootstrap.check(built)
    spent = time.thread_time if built.database.sqlite else time.perf_counter
    with running(replace(built, send=SpyQueue())) as polis:
        sizes = [sized(polis, int(runs)) for runs in options.runs.split(",")]
        with contextlib.redirect_stderr(io.StringIO()):
            found = {what: curve(sizes, what, spent, options.rounds) for what in (*PAGES, *CALLS)}
            took = {what: statements(built.database, sizes, what) for what in found}
    built.database.dispose()
    print(f"\n{kind}, ms\n")
    print(f"| | {' | '.join(f'{size.runs:,} runs' for size in sizes)} | statements | ratio | |")
    print("|---|" + "---:|" * (len(sizes) + 2) + "---|")
    return max([told(what, each, took[what]) for what, each in found.items()])


def sized(polis: Installation, runs: int) -> Size:
    person = visitor(polis, f"grown{runs}", runs, runs * ENTRIES_EACH)
    organization = polis.organizations[-1]
    with polis.services.transaction() as session:
        made = keys.create(
            session, organization, user_id=person.user_id, name="growth", now=clock.now()
        )
    return Size(runs, person, polis.as_(Member(person.user_id, organization, made.secret, made.id)))


def curve(sizes: list[Size], what: str, spent: Callable[[], float], rounds: int) -> list[float]:
    """The median of each size."""
    taken: list[list[float]] = [[] for _ in sizes]
    for number in range(rounds + 2):
        for place, size in enumerate(sizes):
            began = spent()
            size.asked(what)
            if number >= 2:
                taken[place].append((spent() - began) * 1000)
    return [median(each) for each in taken]


def statements(database, sizes: list[Size], what: str) -> list[int]:
    found = []
    for size in (sizes[0], sizes[-1]):
        with counted(database) as seen:
            size.asked(what)
        found.append(len(seen))
    return found


def told(what: str, figures: list[float], took: list[int]) -> int:
    few, many = figures[0], figures[-1]
    is_flat = many / few <= RATIO or many - few <= FLOOR_MS
    shown = f"{took[1]}" if took[0] == took[1] else f"{took[0]} / {took[1]}"
    cells = " | ".join(f"{each:.1f}" for each in figures)
    print(f"| {what} | {cells} | {shown} | {many / few:.2f} | {'' if is_flat else 'NOT FLAT'} |")
    return int(not is_flat)


if __name__ == "__main__":
    sys.exit(main())
