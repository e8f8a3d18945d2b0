"""Runs `polis` commands as processes of their own, as an operator's shell does."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def polis(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command with these settings and no others of Polis; in development unless told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    settings = {"env": "development", **settings}
    given = {f"POLIS_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=ROOT, env={**kept, **given}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence a refused command ends with."""
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    sentences = [line for line in done.stderr.splitlines() if line.startswith("polis: ")]
    assert "Traceback" not in done.stderr, done.stderr
    assert len(sentences) == 1, done.stderr
    return sentences[0].removeprefix("polis: ")
