#!/usr/bin/env python3
"""How soon a cold start answers, and what each process holds: web, worker, and `polis serve` whole.

    python bench/start.py                     both databases
    python bench/start.py --times 3           fewer starts

Cold: a database at head and a folder of its own for each start. Python's compiled files are there, as
they are after an installation, and with `--python` the libraries of the runtime lock alone: beside
those of the tests a start also imports rich, pygments and attrs. A start lasts from the command to the first 200: of `/healthz` for a
web process, of `/readyz`, which needs a worker, for the whole. What a process holds is read when it
has answered a page and a call: RSS counts what it shares in each process, PSS divides it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import aims, fresh  # noqa: E402 # after the path is set
from tests.databases import DATABASES, Copies  # noqa: E402
from tests.prove.killing import children_of  # noqa: E402
from tests.prove.machines import Fleet  # noqa: E402
from tests.served import Served, rpc  # noqa: E402

WHOLE_S = 3.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--kinds", default=",".join(DATABASES))
    options.add_argument("--python", default=sys.executable, help="who runs what is measured")
    aims.option(options)
    given = options.parse_args()
    sys.executable = str(ROOT / given.python)  # whom Fleet and Served start everything by
    print("| database | what | median s | worst s | aim | RSS MiB | PSS MiB |")
    print("|---|---|---:|---:|---:|---:|---:|")
    with fresh.databases() as (folder, copies):
        found: list[aims.Aim] = []
        for kind in given.kinds.split(","):
            for what, aim, started in WAYS:
                runs = [*starts(started, copies, kind, folder, given.times)]
                show(kind, what, aim, runs)
                if started is web:
                    found += aims.of_start(kind, *middle(runs))
    aims.end(found, strict=given.strict)


WEB = "both and their parent"
Held = dict[str, tuple[float, float]]
Start = Callable[[str, Path], tuple[float, Held]]


def starts(started: Start, copies: Copies, kind: str, folder: Path, times: int) -> Iterator:
    for _ in range(times):
        own = Path(tempfile.mkdtemp(dir=folder))
        yield started(copies.fresh(kind, own), own)


def show(kind: str, what: str, aim: str, found: list[tuple[float, Held]]) -> None:
    seconds = [each for each, _ in found]
    first = True
    for name in found[0][1]:
        rss, pss = (median(held[name][n] for _, held in found) for n in range(2))
        took = f"{median(seconds):.2f} | {max(seconds):.2f} | {aim}" if first else " | | "
        print(f"| {kind} | {what}: {name} | {took} | {rss:.0f} | {pss:.0f} |", flush=True)
        first = False


def middle(runs: list[tuple[float, Held]]) -> tuple[float, float]:
    """The median of seconds, and of the RSS of all of web together."""
    return median(took for took, _ in runs), median(held[WEB][0] for _, held in runs)


def web(url: str, folder: Path) -> tuple[float, Held]:
    """gunicorn as it stands in its file: two processes and their parent."""
    with Fleet(url, folder, workers=0, web_processes="2") as fleet:
        seconds = since(fleet.web.pid)
        rpc(fleet.web.url, fleet.buyer(10), "tools/call", {"name": "polis_account", "arguments": {}})  # fmt: skip
        processes = [*children_of(fleet.web.pid), fleet.web.pid]
        return seconds, {
            WEB: together(processes),
            "parent": held(fleet.web.pid),
        }


def worker(url: str, folder: Path) -> tuple[float, Held]:
    with Fleet(url, folder, webs=0, workers=1) as fleet:
        return since(fleet.workers[0].pid), {"process": held(fleet.workers[0].pid)}


def whole(url: str, folder: Path) -> tuple[float, Held]:
    """`polis serve` as somebody types it: two web processes, two workers."""
    began = time.perf_counter()
    with Served(url, folder) as served:
        seconds = time.perf_counter() - began
        served.call("polis_account", {})
        (master,) = served.children("gunicorn")
        pids = [*children_of(master), master, *served.children("worker"), served.pid]
        return seconds, {"all processes": together(pids), "polis serve": held(served.pid)}


def since(pid: int) -> float:
    """How long ago a process was started, by the kernel's clock of a hundred ticks a second."""
    ticks = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / 100


def held(pid: int) -> tuple[float, float]:
    """RSS and PSS in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    facts = {name: int(rest.split()[0]) for name, _, rest in (each.partition(":") for each in lines[1:])}  # fmt: skip
    return facts["Rss"] / 1024, facts["Pss"] / 1024


def together(pids: list[int]) -> tuple[float, float]:
    """Added up: pages that processes share count in the RSS of each, once in all in the PSS."""
    rss, pss = (sum(each) for each in zip(*map(held, pids), strict=True))
    return rss, pss


WAYS: tuple[tuple[str, str, Start], ...] = (
    ("web", f"{aims.WEB_S} s, {aims.WEB_MIB} MiB", web),
    ("worker", "", worker),
    ("polis serve", f"{WHOLE_S} s", whole),
)

if __name__ == "__main__":
    main()
