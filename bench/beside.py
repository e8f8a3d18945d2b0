"""What the benches share: their options, how our web is started, and a run of it beside its peers.

A folder of peers holds `run.py`, which loads N servers by wrk in turns, and `peers/`, the servers.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import aims

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for what the tests share

Spec = dict[str, Any]


def parser(description: str) -> argparse.ArgumentParser:
    """The options every bench takes."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--peers", type=Path, help="folder with run.py and peers/")
    made.add_argument("--work", type=Path, help="where peers/setup.sh installed the peers")
    made.add_argument("--python", default=sys.executable, help="runs the web that is measured")
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--seconds", type=int, default=4)
    made.add_argument("--database", default="", help="default: SQLite in a temporary folder")
    made.add_argument("--out", type=Path, help="write raw figures (JSON) here")
    aims.option(made)
    return made


def require(options: argparse.Namespace, refuse: argparse.ArgumentParser) -> None:
    """Say what a run beside peers needs and is not there."""
    if not (options.peers / "run.py").exists():
        refuse.error(f"{options.peers} holds no run.py; give the folder of the load tool")
    if not shutil.which("wrk"):
        refuse.error("wrk is missing: apt-get install wrk")
    work = options.work or options.peers / "peers" / ".work"
    if not (work / "py").exists():
        refuse.error(f"no peers are installed in {work}: BENCH_WORK={work} sh peers/setup.sh")


def web(options: argparse.Namespace, url: str, folder: Path) -> Spec:
    """How run.py starts our web on a database."""
    python = str(Path(options.python).absolute())  # a link: what it points to has no packages
    gunicorn = [python, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "wsgi:app"]
    command = (
        "POLIS_BIND=127.0.0.1:{port} POLIS_BASE_URL=http://127.0.0.1:{port} "
        f"exec {' '.join(gunicorn)} 2>/dev/null"
    )
    return {
        "cmd": ["sh", "-c", command],
        "cwd": str(ROOT),
        "env": {
            "POLIS_ENV": "development",
            "POLIS_DATABASE_URL": url,
            "POLIS_INSTANCE_DIR": str(folder),
            "POLIS_RATE_LIMITS": "off",
        },
        "mcp": "/api/mcp",
        "tool": "polis_account",
        "arguments": {},
    }


def run(folder: Path, options: argparse.Namespace, targets: dict[str, Spec], *more: str) -> None:
    """Measure our targets and the peers in turns, as run.py does."""
    command = [sys.executable, str(options.peers / "run.py"), *more]
    for name, spec in targets.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(spec))
        command += ["--target", f"{name}=@{path}"]
    command += ["--rounds", str(options.rounds), "--seconds", str(options.seconds)]
    if options.work:
        command += ["--work", str(options.work)]
    subprocess.run(command, check=True)
