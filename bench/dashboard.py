#!/usr/bin/env python3
"""Whether the dashboard's pages are as quick with 100,000 runs as with ten.

    python bench/dashboard.py                       both databases
    python bench/dashboard.py --runs 10000 --kinds sqlite

Two organizations of one person in one database, one with ten runs, one with --runs and --entries:
each page is asked for in turn of both, in this process, so that whatever else the machine does falls
on both. Printed: medians of time and of this process's CPU time, which a busy machine disturbs least
and in which SQLite's work is, their ratios, and how many statements each page takes.
"""

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 # after the path is set
from app.domain import keys, ledger  # noqa: E402
from app.domain.wallets import Wallet  # noqa: E402
from app.kit import clock, ids  # noqa: E402
from tests.databases import DATABASES, Copies, Postgres  # noqa: E402
from tests.factories import settings_for  # noqa: E402
from tests.fakes import SpyQueue  # noqa: E402
from tests.filling import Owner, fill  # noqa: E402
from tests.tools.installation import Installation, running  # noqa: E402
from tests.web.account.browser import Visitor  # noqa: E402
from tests.web.account.somebody import somebody  # noqa: E402
from tests.web.queries import counted  # noqa: E402

FEW = (10, 100)
RATIO, QUERIES, FLOOR_MS = 2.0, 12, 10.0
LOOKED_MS = 60.0  # a page that looks for a word reads a thousand texts, and no more


def main() -> int:
    options = arguments()
    folder, postgres = Path(tempfile.mkdtemp(prefix="polis-bench-")), Postgres()
    folder.chmod(0o700)
    copies = Copies(folder, postgres.url)
    try:
        kinds = options.kinds.split(",")
        return max(measured(copies.fresh(kind, folder), folder, kind, options) for kind in kinds)
    finally:
        copies.drop()
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=25)
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
            "| page | few ms | many ms | ratio | CPU: few ms | many ms | ratio | statements | |\n|---|---:|---:|---:|---:|---:|---:|---:|---|"
        )
        with contextlib.redirect_stderr(io.StringIO()):
            lines = [line(polis, visitors, name, options) for name in pages()]
    built.database.dispose()
    for told, _ in lines:
        print(told)
    return max(worst for _, worst in lines)


def visitor(polis: Installation, name: str, runs: int, entries: int) -> Visitor:
    """Somebody signed in to an organization with so many rows, on a plan that began within a day."""
    now, mode = clock.now(), polis.services.settings.payment_mode
    found = Visitor(polis)
    found.sign_in(somebody(polis, f"{name}@example.com"))
    organization = polis.organizations[-1]
    wallet = Wallet(organization, "live", mode)
    start = clock.day_start(now) - timedelta(days=12, hours=7)
    with polis.services.transaction() as session:
        user = found.user_id = (
            session.connection()
            .exec_driver_sql(f"SELECT id FROM users WHERE email = '{name}@example.com'")
            .scalar_one()
        )
        made = [
            keys.create(
                session,
                organization,
                user_id=user,
                name=f"key {n}",
                now=now,
                monthly_cap_tokens=9_000,
            )
            for n in range(4)
        ]
        ledger.start_period(
            session,
            wallet,
            "scale",
            start=start,
            end=start + timedelta(days=30),
            cause=f"plan:{name}",
            now=now,
        )
    found.subjects = tuple(f"key:{each.id}" for each in made)
    began = time.perf_counter()
    fill(
        polis.services.database, Owner(organization, user, found.subjects, mode), runs, entries, now
    )
    print(f"filled {name} in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return found


def pages() -> dict[str, str]:
    """Pages by name."""
    middle = ids.first_of("run", clock.milliseconds(clock.now() - timedelta(days=45)))[4:]
    return {
        "overview": "/app/",
        "runs": "/app/runs",
        "runs, in the middle": f"/app/runs?older={middle}",
        "runs, back from the middle": f"/app/runs?newer={middle}",
        "runs, failed": "/app/runs?state=failed",
        "runs, running": "/app/runs?state=running",
        "runs, by a busy key": "/app/runs?by={busy}",
        "runs, by a rare key": "/app/runs?by={rare}",
        "runs, failed, by a person": "/app/runs?state=failed&by={person}",
        "runs, failed, by a rare key": "/app/runs?state=failed&by={rare}",
        "runs, this month": "/app/runs?when=month",
        "runs, a word in every text": "/app/runs?q=season",
        "runs, a word in none": "/app/runs?q=zebra",
        "usage, this period": "/app/usage",
        "usage, last month": f"/app/usage?span={(clock.month_start(clock.now()) - timedelta(days=1)):%Y-%m}",
    }


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
    few, many = (median(works[each] if of_ours else walls[each]) for each in visitors)
    room = LOOKED_MS if "a word" in name else FLOOR_MS
    holds = many / few <= RATIO or many - few <= room
    holds = holds and max(took.values()) <= QUERIES
    statements = (
        f"{took['few']}" if took["few"] == took["many"] else f"{took['few']} / {took['many']}"
    )
    figures = " | ".join(
        f"{median(kind['few']):.1f} | {median(kind['many']):.1f} | {median(kind['many']) / median(kind['few']):.2f}"
        for kind in (walls, works)
    )
    told = f"| {name} | {figures} | {statements} | {'' if holds else 'NOT AS PROMISED'} |"
    return told, int(not holds)


def addressed(found: Visitor, path: str) -> str:
    busy, *_, rare = found.subjects
    return path.format(busy=quote(busy), rare=quote(rare), person=quote(f"user:{found.user_id}"))


if __name__ == "__main__":
    sys.exit(main())
