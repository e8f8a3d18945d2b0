"""`make demo` as the README says it: a server, a real client, a report about the text."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.clients.drive import ROOT

TEXT = (
    "We are thrilled to announce our revolutionary, synergistic ferry platform to Hanko. "
    "It leverages best-in-class paradigms and sails at 7:40. Bring $5 and a bicycle; the café "
    'opens at 8, as "they" say, $(or so).'
)
QUOTE = re.compile(r"^ {7}(p\d+): (.+(?:\n {7}(?!p\d+: ).+)*)", re.MULTILINE)
STUCK = re.compile(r"^ {2}“(.+)” \((p\d+(?:, p\d+)*)\)$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def said(folder) -> str:
    """What one demo printed."""
    polis = {name: value for name, value in os.environ.items() if not name.startswith("POLIS_")}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--text", TEXT, "--personas", "40"],
        cwd=ROOT, env={**polis, "POLIS_INSTANCE_DIR": str(folder / "instance")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout


def _part(said: str, title: str) -> str:
    """What stands under a heading."""
    return said.partition(f"\n{title}\n")[2].partition("─\n\n")[0].split("\n\n")[0]


def test_a_demo_fills_its_bar(said):
    assert "40/40 complete" in said


@pytest.fixture(scope="module")
def reactions(said, folder) -> dict[str, str]:
    """Everything each of its people said, as it is stored."""
    with closing(sqlite3.connect(folder / "instance/polis.db")) as database:
        rows = database.execute("SELECT seat, body FROM reactions").fetchall()
    assert len(rows) == 40
    return {f"p{seat}": json.dumps(json.loads(body), ensure_ascii=False) for seat, body in rows}


def test_each_of_three_frictions_quotes_reactions(said, reactions):
    frictions = _part(said, "Frictions")
    blocks = re.split(r"^ {2}(?=[123]\. )", frictions, flags=re.MULTILINE)[1:]
    assert [block[0] for block in blocks] == ["1", "2", "3"]
    for block in blocks:
        found = QUOTE.findall(block)
        assert found, block
        for who, quote in found:
            literal = json.dumps(" ".join(quote.split()), ensure_ascii=False)[1:-1]
            assert literal in reactions[who], (who, quote)


def test_each_stuck_phrase_stands_in_the_text(said):
    stuck = STUCK.findall(_part(said, "Where they got stuck"))
    assert stuck, said
    assert [phrase for phrase, _ in stuck if phrase not in TEXT] == []


def test_make_hands_a_text_on_as_it_was_typed(tmp_path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nhelp:")[0]
    (tmp_path / "Makefile").write_text(makefile + "\ntold:\n\t@printenv TEXT\n")
    done = subprocess.run(
        ["make", "--no-print-directory", "told", f"TEXT={TEXT}"],
        cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (f"{TEXT}\n", "")
