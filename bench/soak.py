#!/usr/bin/env python3
"""Whether hours of use leave anything behind: memory, files, threads, and SQLite's log.

    python bench/soak.py --minutes 30
    python bench/soak.py --minutes 5 --kinds sqlite

`polis serve` is asked twenty things a second, by agents and at the documentation, and workers play a
run of each second. Before that everybody comes at once, so that the servers' pools have all the threads
they may. Each process is looked at in /proc every five seconds. What it held in the second
tenth of the time, when all is warm, stands beside the last tenth: RSS may be a tenth more, files by
a few connections of the moment, threads by none, and the log is to stay below 64 MB.
"""

import argparse
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import fresh  # noqa: E402 # after the path is set
from tests.databases import DATABASES, Copies  # noqa: E402
from tests.prove.killing import children_of  # noqa: E402
from tests.prove.load import under_load  # noqa: E402
from tests.served import Served  # noqa: E402
from tests.tools.installation import HELLO  # noqa: E402

EACH_SECOND, LOOKED_EVERY_S = 20, 5.0
GROWTH, LOG_MB = 0.10, 64
OF_THE_MOMENT = 4  # files that are connections of who asks just then
PATHS = ("/", "/docs", "/docs/quickstart.md", "/llms.txt", "/readyz")


@dataclass(frozen=True)
class Look:
    """One process at one moment."""

    rss_mib: float
    files: int
    threads: int


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--kinds", default=",".join(DATABASES))
    options.add_argument("--python", help="taken for the sake of make bench")
    given = options.parse_args()
    with fresh.databases() as (folder, copies):
        return max([soaked(copies, kind, folder, given.minutes) for kind in given.kinds.split(",")])


def soaked(copies: Copies, kind: str, folder: Path, minutes: float) -> int:
    own = folder / kind
    own.mkdir()
    url = copies.fresh(kind, own)
    with Served(url, own) as served:
        served.polis("grant", "--email", served.demo["email"], "--tokens", "10000000")
        everybody_at_once(served)
        with under_load(lambda number: ask(served, number), EACH_SECOND) as load:
            looks, log_mb = watched(served, own, minutes * 60)
        print(f"\n{kind}: {len(load.answered):,} answered in {minutes:g} minutes, {len(load.failed)} failed")  # fmt: skip
        if load.failed:
            print(f"the first: {load.failed[0]!r}")
    return max(int(bool(load.failed)), shown(looks), log_told(log_mb) if kind == "sqlite" else 0)


def everybody_at_once(served: Served) -> None:
    """A pool makes a thread when all it has are busy: without this one more may look like a leak."""
    with ThreadPoolExecutor(64) as many:
        list(many.map(lambda number: ask(served, 2 + number % 3), range(640)))


def ask(served: Served, number: int) -> None:
    """Of twenty one is a start, one a page for people, the rest what agents read."""
    key, turn = str(served.demo["api_key"]), number % EACH_SECOND
    if turn == 0:
        served.call(
            "polis_test", {**HELLO, "content": f"Hello {number}", "detail": "snapshot"}, key
        )
    elif turn == 1:
        path = PATHS[number // EACH_SECOND % len(PATHS)]
        with urllib.request.urlopen(served.base + path, timeout=30) as answer:
            answer.read()
    else:
        tool = ("polis_account", "polis_runs", "polis_estimate")[turn % 3]
        served.call(tool, HELLO if tool == "polis_estimate" else {}, key)


def watched(served: Served, folder: Path, seconds: float) -> tuple[dict[str, list[Look]], float]:
    """What each process held, look by look, and the largest log there was."""
    looks: dict[str, list[Look]] = {}
    largest, over, ends = 0, Event(), time.monotonic() + seconds
    while time.monotonic() < ends:
        for name, pid in processes(served).items():
            looks.setdefault(name, []).append(look(pid))
        largest = max([largest, *(each.stat().st_size for each in folder.glob("*.db-wal"))])
        over.wait(LOOKED_EVERY_S)
    return looks, largest / 1e6


def processes(served: Served) -> dict[str, int]:
    (master,) = served.children("gunicorn")
    webs, workers = sorted(children_of(master)), sorted(served.children("worker"))
    named = {f"web {pid}": pid for pid in webs} | {f"worker {pid}": pid for pid in workers}
    return {"serve": served.pid, "gunicorn": master, **named}


def look(pid: int) -> Look:
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    rss, threads = int(status["VmRSS"].split()[0]) / 1024, int(status["Threads"])
    return Look(rss, len([*Path(f"/proc/{pid}/fd").iterdir()]), threads)


def shown(looks: dict[str, list[Look]]) -> int:
    print("\n| process | RSS MiB | then | files | then | threads | then | |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    worst = 0
    for name, its in looks.items():
        tenth = max(1, len(its) // 10)
        first, last = its[tenth : 2 * tenth] or its[:1], its[-tenth:]
        rss, rss_then = (median(each.rss_mib for each in part) for part in (first, last))
        files, files_then = (median(each.files for each in part) for part in (first, last))
        threads, threads_then = (median(each.threads for each in part) for part in (first, last))
        holds = rss_then <= rss * (1 + GROWTH) and files_then <= files + OF_THE_MOMENT
        holds = holds and threads_then <= threads
        worst = max(worst, int(not holds))
        told = f"{rss:.0f} | {rss_then:.0f} | {files:.0f} | {files_then:.0f} | {threads:.0f} | {threads_then:.0f}"
        print(f"| {name} | {told} | {'' if holds else 'GROWS'} |")
    return worst


def log_told(megabytes: float) -> int:
    holds = megabytes < LOG_MB
    print(f"\nThe log was never larger than {megabytes:.1f} MB of {LOG_MB}{'' if holds else ': TOO LARGE'}.")  # fmt: skip
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
