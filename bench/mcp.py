#!/usr/bin/env python3
"""How fast the MCP endpoint is, beside its peers and floors, interleaved in one run.

    python bench/mcp.py --peers ../peers            figures beside the peers found there
    python bench/mcp.py                             ours alone, and the main job end to end

`--peers` is a folder with `run.py` and `peers/` (load by wrk, peers started side by side), `--work`
where `peers/setup.sh` installed them. Only ratios within one run mean anything.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

import aims
import beside
from beside import ROOT, Spec

from tests.served import Served

PEERS = f"mcp2,fastmcp,{aims.FLOOR},floor_flask_gthread"
DOCS = "/docs/test-options"


def main() -> None:
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="polis-bench-"))
    folder.chmod(0o700)
    try:
        found = [*aims.of_main_job(main_job(folder, options))]
        found += aims.of_calls(beside_peers(folder, options) if options.peers else {})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    aims.end(found, strict=options.strict)


def arguments() -> argparse.Namespace:
    parser = beside.parser(__doc__.splitlines()[0])
    parser.add_argument("--only", default=PEERS, help="peers to measure beside")
    parser.add_argument("--times", type=int, default=5, help="repeats of the main job")
    options = parser.parse_args()
    if options.peers:
        beside.require(options, parser)
    return options


def main_job(folder: Path, options: argparse.Namespace) -> dict[tuple[int, str], float]:
    """polis_test to polis_report through HTTP, worker and database, by the clock of a client."""
    database = options.database or f"sqlite:///{folder / 'polis.db'}"
    with Served(database, folder) as served:
        served.polis("grant", "--email", served.demo["email"], "--tokens", "1000000")
        key = served.demo["api_key"]
        print("### polis_test → polis_report, seconds (median, worst)\n")
        print("| panel | detail | median | worst |\n|---:|---|---:|---:|")
        medians = {}
        for personas, detail in (aims.STANDARD, aims.DEEP):
            taken = [one_run(served, key, personas, detail, n) for n in range(options.times)]
            medians[personas, detail] = median(taken)
            print(f"| {personas} | {detail} | {median(taken):.2f} | {max(taken):.2f} |", flush=True)
        return medians


def one_run(served: Served, key: str, personas: int, detail: str, number: int) -> float:
    text = (ROOT / "app" / "cli" / "demo_text.md").read_text() + f"\n\nRound {number}."
    began = time.perf_counter()
    run = served.call(
        "polis_test",
        {"content_type": "text", "content": text, "persona_count": personas, "detail": detail},
        key,
    )
    while True:
        state = served.call("polis_status", {"run_id": run["run_id"], "wait_s": 20}, key)
        if state["done"]:
            break
    report = served.call("polis_report", {"run_id": run["run_id"]}, key)
    assert report["ready"], report
    return time.perf_counter() - began


def beside_peers(folder: Path, options: argparse.Namespace) -> aims.Measured:
    """The hot calls under load, ours and the peers' in turns."""
    account, run_id = prepare(folder / "load", options)
    status = {"tool": "polis_status", "arguments": {"run_id": run_id}}
    targets = {
        "polis": account,
        "polis_status": {**account, **status, "scenarios": ["list", "call", "call_modern"]},
        "polis_docs": {**account, "get": DOCS, "scenarios": ["get"]},
    }
    raw = options.out or folder / "raw.json"
    base = options.only.split(",")[0]
    more = ["--only", options.only, "--base", base, "--cold", "3", "--out", str(raw)]
    beside.run(folder, options, targets, *more)
    measured: aims.Measured = json.loads(raw.read_text())["results"]
    return measured


def prepare(folder: Path, options: argparse.Namespace) -> tuple[Spec, str]:
    """How run.py starts our web on a database with a key and a finished run, and that run's id."""
    folder.mkdir(mode=0o700)
    url = options.database or f"sqlite:///{folder / 'polis.db'}"
    with Served(url, folder) as served:
        key = served.demo["api_key"]
        asked = {"content_type": "tweet", "content": "A short one.", "persona_count": 10}
        run = served.call("polis_test", asked, key)
        served.call("polis_status", {"run_id": run["run_id"], "wait_s": 20}, key)
    spec = {
        **beside.web(options, url, folder),
        "access_token": key,
        "meta": "/.well-known/oauth-protected-resource",
        "get": "/healthz",
        "scenarios": ["list", "call", "list_modern", "call_modern", "unauth", "meta", "get"],
    }
    return spec, run["run_id"]


if __name__ == "__main__":
    main()
