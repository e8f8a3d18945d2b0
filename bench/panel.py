#!/usr/bin/env python3
"""What a panel is held to: how right, how varied and how steady it is, and how fast.

    python bench/panel.py                     both databases
    python bench/panel.py --people 200 --rounds 5

How right it is stands in validity.json, as `make fit` measured it; the rest is measured here.
The engine alone runs in a process of its own on one core: how long the plan, the reactions and the
report of --people persons at `deep` take, reactions a second, and the most memory that process ever
held, beside what it holds before a text is read. The whole test is started by `polis_test` on
`polis serve` with one worker, and timed until `polis_status` says it is complete. The bounds are
those of the panel's table: 2 s and 150 MB alone, 5 s through everything.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import panel_table  # noqa: E402 # after the path is set
from tests.databases import Copies, Postgres  # noqa: E402
from tests.golden import making  # noqa: E402
from tests.served import Served  # noqa: E402

ALONE_S, ALONE_MB, THROUGH_S = 2.0, 150.0, 5.0
TEXTS = ("tweet", "launch", "article")
_WAIT_S = 25
_ALONE = """
import json, sys, time
from app.adapters.engines.embedded.engine import EmbeddedEngine
from app.domain.panel.shapes import PanelRequest
kind, people, content = sys.argv[1], int(sys.argv[2]), sys.stdin.read()
def most_held():
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) / 1024 for line in told if line.startswith("VmHWM"))
held = most_held()
at = [time.perf_counter()]
engine = EmbeddedEngine()
plan = engine.plan(PanelRequest(kind, content, people, "deep", 7))
at.append(time.perf_counter())
reactions = engine.react(plan, range(1, people + 1))
at.append(time.perf_counter())
engine.synthesise(plan, reactions)
at.append(time.perf_counter())
print(json.dumps({"seconds": [b - a for a, b in zip(at, at[1:])], "held": held,
                  "most": most_held(), "cpu": time.process_time()}))
"""


def main() -> int:
    """Print every figure; 1 where a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable, help="runs the engine that is measured")
    options = parser.parse_args()
    kept = [alone(options, name) for name in TEXTS]
    for row in panel_table.rows():
        print(row)
        kept.append(row.kept)
    with tempfile.TemporaryDirectory(prefix="polis-bench-") as folder:
        kept += through(options, Path(folder))
    return 0 if all(kept) else 1


def alone(options: argparse.Namespace, name: str) -> bool:
    """The engine in a process of its own, a few times over; medians."""
    command = [options.python, "-c", _ALONE, making.TEXTS[name][0], str(options.people)]
    rounds = []
    for _ in range(options.rounds):
        told = subprocess.run(
            command,
            input=making.content(name),
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        rounds.append(json.loads(told.stdout))
    plan, react, report = (median(each["seconds"][i] for each in rounds) for i in range(3))
    most, held = (max(each[what] for each in rounds) for what in ("most", "held"))
    whole, cpu = plan + react + report, median(each["cpu"] for each in rounds)
    print(
        f"engine alone, {name}: {whole:.2f} s (plan {plan:.3f}, reactions {react:.2f}, report"
        f" {report:.2f}; CPU with start {cpu:.2f}), {options.people / react:,.0f} reactions a second,"
        f" {most:.0f} MB at most, {held:.0f} MB before a text is read"
    )
    return whole <= ALONE_S and most <= ALONE_MB


def through(options: argparse.Namespace, folder: Path) -> list[bool]:
    """A whole test on each database."""
    postgres = Postgres()
    copies = Copies(folder, postgres.url)
    try:
        return [_served(options, kind, copies, folder) for kind in ("sqlite", "postgresql")]
    finally:
        postgres.stop()


def _served(options: argparse.Namespace, kind: str, copies: Copies, folder: Path) -> bool:
    place = folder / kind
    place.mkdir(mode=0o700)
    with Served(copies.fresh(kind, place), place) as polis:
        _timed(polis, 10)  # the first test wakes the worker up
        seconds = _timed(polis, options.people)
    print(f"through MCP, worker and {kind}: {seconds:.2f} s for {options.people:,} people at deep")
    return seconds <= THROUGH_S


def _timed(polis: Served, people: int) -> float:
    began = time.perf_counter()
    order = {"content_type": "tweet", "content": making.content("tweet"), "detail": "deep"}
    run_id = _call(polis, "polis_test", {**order, "persona_count": people})["run_id"]
    while True:
        status = _call(polis, "polis_status", {"run_id": run_id, "wait_s": _WAIT_S})
        if status["done"]:
            break
    if status["status"] != "complete":
        raise SystemExit(f"the test ended {status['status']}: {status}")
    return time.perf_counter() - began


def _call(polis: Served, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": tool, "arguments": arguments}}  # fmt: skip
    asked = urllib.request.Request(
        polis.url,
        json.dumps(body).encode(),
        {
            "Authorization": f"Bearer {polis.key}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "MCP-Protocol-Version": "2025-06-18",
        },
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        told: dict[str, Any] = json.loads(answer.read())["result"]["structuredContent"]
        return told


if __name__ == "__main__":
    raise SystemExit(main())
