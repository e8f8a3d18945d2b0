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
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.served import Served  # noqa: E402 # after the path is set

PEERS = "mcp2,fastmcp,floor_wsgi_gthread,floor_flask_gthread"


def main() -> None:
    options = arguments()
    folder = Path(tempfile.mkdtemp(prefix="polis-bench-"))
    folder.chmod(0o700)
    try:
        main_job(folder, options)
        if options.peers:
            beside_peers(folder, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path, help="folder with run.py and peers/")
    parser.add_argument("--work", type=Path, help="where the peers are installed")
    parser.add_argument("--python", default=sys.executable, help="runs the web that is measured")
    parser.add_argument("--only", default=PEERS, help="peers to measure beside")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--times", type=int, default=5, help="repeats of the main job")
    parser.add_argument("--database", default="", help="default: SQLite in a temporary folder")
    parser.add_argument("--out", type=Path, help="write raw figures (JSON) here")
    options = parser.parse_args()
    if options.peers and not (options.peers / "run.py").exists():
        parser.error(f"{options.peers} holds no run.py; give the folder of the load tool")
    if options.peers and not shutil.which("wrk"):
        parser.error("wrk is missing: apt-get install wrk")
    return options


def main_job(folder: Path, options: argparse.Namespace) -> None:
    """polis_test to polis_report through HTTP, worker and database, by the clock of a client."""
    database = options.database or f"sqlite:///{folder / 'polis.db'}"
    with Served(database, folder) as served:
        served.polis("grant", "--email", served.demo["email"], "--tokens", "1000000")
        key = served.demo["api_key"]
        print("### polis_test → polis_report, seconds (median, worst)\n")
        print("| panel | detail | median | worst |\n|---:|---|---:|---:|")
        for personas, detail in ((100, "standard"), (1000, "deep")):
            taken = sorted(one_run(served, key, personas, detail, n) for n in range(options.times))
            median = taken[len(taken) // 2]
            print(f"| {personas} | {detail} | {median:.2f} | {taken[-1]:.2f} |", flush=True)


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


def beside_peers(folder: Path, options: argparse.Namespace) -> None:
    """The hot calls under load, ours and the peers' in turns."""
    account, run_id = prepare(folder / "load", options)
    status = {"tool": "polis_status", "arguments": {"run_id": run_id}}
    specs = [account, {**account, **status, "scenarios": ["list", "call", "call_modern"]}]
    command = [sys.executable, str(options.peers / "run.py"), "--only", options.only]
    for name, spec in zip(("polis", "polis_status"), specs, strict=True):
        path = folder / f"{name}.json"
        path.write_text(json.dumps(spec))
        command += ["--target", f"{name}=@{path}"]
    command += ["--base", "mcp2", "--cold", "3", "--rounds", str(options.rounds)]
    command += ["--seconds", str(options.seconds)]
    if options.work:
        command += ["--work", str(options.work)]
    if options.out:
        command += ["--out", str(options.out)]
    subprocess.run(command, check=True)


def prepare(folder: Path, options: argparse.Namespace) -> tuple[dict, str]:
    """How run.py starts our web on a database with a key and a finished run, and that run's id."""
    folder.mkdir(mode=0o700)
    url = options.database or f"sqlite:///{folder / 'polis.db'}"
    with Served(url, folder) as served:
        key = served.demo["api_key"]
        asked = {"content_type": "tweet", "content": "A short one.", "persona_count": 10}
        run = served.call("polis_test", asked, key)
        served.call("polis_status", {"run_id": run["run_id"], "wait_s": 20}, key)
    python = str(Path(options.python).absolute())  # a link: what it points to has no packages
    gunicorn = [python, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    spec = {
        "cmd": [
            "sh",
            "-c",
            "POLIS_BIND=127.0.0.1:{port} POLIS_BASE_URL=http://127.0.0.1:{port} "
            f"exec {' '.join(gunicorn)} 2>/dev/null",
        ],
        "cwd": str(ROOT),
        "env": {
            "POLIS_ENV": "development",
            "POLIS_DATABASE_URL": url,
            "POLIS_INSTANCE_DIR": str(folder),
            "POLIS_RATE_LIMITS": "off",
        },
        "mcp": "/api/mcp",
        "access_token": key,
        "tool": "polis_account",
        "arguments": {},
        "meta": "/.well-known/oauth-protected-resource",
        "get": "/healthz",
        "scenarios": ["list", "call", "list_modern", "call_modern", "unauth", "meta", "get"],
    }
    return spec, run["run_id"]


if __name__ == "__main__":
    main()
