"""Format, lint, types and layers: each gate of `make lint` is a test among the others."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source import APP, ROOT

BIN = Path(sys.executable).parent
GATES = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports", "--no-cache"),
)


@pytest.mark.parametrize("gate", GATES, ids=" ".join)
def test_the_gate_is_open(gate):
    done = subprocess.run(
        [BIN / gate[0], *gate[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_of_the_web_is_in_the_contract_that_parts_them():
    folders = {f"app.web.{path.parent.name}" for path in (APP / "web").glob("*/__init__.py")}
    below = set(contract("Behind every door the same desk")["layers"][1:])
    assert set(contract("No surface knows another")["modules"]) | below == folders


def contract(name: str) -> dict:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return next(each for each in linter["contracts"] if each["name"] == name)
