#!/usr/bin/env python3
"""Whether the dashboard's pages are as quick with 100,000 runs as with ten.

    python bench/dashboard.py                       both databases
    python bench/dashboard.py --runs 10000 --kinds sqlite

Two organizations of one person in one database, one with ten runs, one with --runs and --entries:
each page is asked for in turn of both, in this process, so that whatever else the machine does falls
on both. Printed: medians of time and of this process's CPU time, which a busy machine disturbs least
and in which SQLite's work is, their ratios, how many statements each page takes, and of the page with
many rows the median and the slowest of twenty beside the bound of 150 ms.
"""

import argparse
import contextlib
import io
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 # after the path is set
from bench import fresh  # noqa: E402
from bench.dashboard_world import addressed, pages, visitor  # noqa: E402
from tests.databases import DATABASES  # noqa: E402
from tests.factories import settings_for  # noqa: E402
from tests.fakes import SpyQueue  # noqa: E402
from tests.tools.installation import Installation, running  # noqa: E402
from tests.web.account.browser import Visitor  # noqa: E402
from tests.web.queries import counted  # noqa: E402

FEW = (10, 100)
RATIO, QUERIES, FLOOR_MS, BOUND_MS = 2.0, 12, 10.0, 150.0
LOOKED_MS = 60.0  # a page that looks for a word reads a thousand texts, and no more


def main() -> int:
    options = arguments()
    with fresh.databases() as (folder, copies):
        kinds = options.kinds.split(",")
        return max(measured(copies.fresh(kind, folder), folder, kind, options) for kind in kinds)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--page", default="", help="only pages whose name holds this")
    parser.add_argument("--kinds", default=",".join(DATABASES))
    parser.add_argument(
        "--python", help="taken for the sake of make bench; this runs in one process"
    )
    return parser.parse_args()


def measured(url: str, folder: Path, kind: str, options: argparse.Namespace) -> int:
    """Print one table; gives 1 where a promise does not hold."""
    built = bootstrap.build(settings_for(url, folder))
    bootstrap.check(built)
    with running(replace(built, send=SpyQueue())) as polis:
        sizes = {"few": FEW, "many": (options.runs, options.entries)}
        visitors = {name: visitor(polis, name, *size) for name, size in sizes.items()}
        print(f"\n{kind}: {FEW[0]} and {options.runs:,} runs, {options.entries:,} entries\n")
        print(
            "| page | few ms | many ms | ratio | CPU: few ms | many ms | ratio | statements "
            f"| p50 | p95 of {BOUND_MS:.0f} | |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|"
        )
        with contextlib.redirect_stderr(io.StringIO()):
            lines = [
                line(polis, visitors, name, options) for name in pages() if options.page in name
            ]
    built.database.dispose()
    for told, _ in lines:
        print(told)
    return max(worst for _, worst in lines)


def line(polis: Installation, visitors: dict[str, Visitor], name: str, options) -> tuple[str, int]:
    """One row of the table, and 1 where it is not as promised."""
    walls: dict[str, list[float]] = {each: [] for each in visitors}
    works: dict[str, list[float]] = {each: [] for each in visitors}
    for number in range(options.rounds + 3):
        for who, found in visitors.items() if number % 2 else reversed(visitors.items()):
            path = addressed(found, pages()[name])
            began, worked = time.perf_counter(), time.thread_time()
            assert found.open(path).status_code == 200, path
            if number >= 3:
                works[who].append((time.thread_time() - worked) * 1000)
                walls[who].append((time.perf_counter() - began) * 1000)
    took = {}
    for who, found in visitors.items():
        with counted(polis.services.database) as seen:
            found.open(addressed(found, pages()[name]))
        took[who] = len(seen)
    of_ours = polis.services.database.sqlite  # PostgreSQL works in a process of its own
    p50, p95 = median(walls["many"]), slowest(walls["many"])
    holds = promised(name, works if of_ours else walls, p95, took)
    statements = (
        f"{took['few']}" if took["few"] == took["many"] else f"{took['few']} / {took['many']}"
    )
    figures = " | ".join(
        f"{median(kind['few']):.1f} | {median(kind['many']):.1f} | {median(kind['many']) / median(kind['few']):.2f}"
        for kind in (walls, works)
    )
    within = f"{p50:.1f} | {p95:.1f}{'' if p95 <= BOUND_MS else ' SLOWER'}"
    told = (
        f"| {name} | {figures} | {statements} | {within} | {'' if holds else 'NOT AS PROMISED'} |"
    )
    return told, int(not holds)


def promised(name: str, times: dict[str, list[float]], p95: float, took: dict[str, int]) -> bool:
    """Whether a page is as quick with many rows as with few, in few statements, within its bound."""
    few, many = (median(times[each]) for each in ("few", "many"))
    room = LOOKED_MS if "a word" in name else FLOOR_MS
    alike = many / few <= RATIO or many - few <= room
    return alike and max(took.values()) <= QUERIES and p95 <= BOUND_MS


def slowest(taken: list[float]) -> float:
    """The slowest of twenty."""
    return quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


if __name__ == "__main__":
    sys.exit(main())
