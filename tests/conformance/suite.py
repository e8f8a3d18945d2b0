"""Runs the official conformance suite against a URL and reads what it says."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CLIENTS = Path(__file__).parents[1] / "clients"
NODE = CLIENTS / "node_modules/node/bin/node"
PRODUCT_BASELINE = Path(__file__).parent / "product-baseline.yml"
COMMAND = CLIENTS / "node_modules/@modelcontextprotocol/conformance/dist/index.js"
_SCENARIO = re.compile(r"^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed$", re.MULTILINE)
_UNSCORED = re.compile(r"^  [✓✗] ([\w-]+) \(", re.MULTILINE)


@dataclass(frozen=True)
class Report:
    """Checks passed and failed of each scenario, and which scenarios do not count."""

    exit_code: int
    output: str
    scenarios: Mapping[str, tuple[int, int]]
    unscored: frozenset[str]

    @property
    def scored(self) -> set[str]:
        return set(self.scenarios) - self.unscored

    @property
    def failing(self) -> set[str]:
        return {name for name, (_, failed) in self.scenarios.items() if failed}


def run(url: str, *options: str) -> Report:
    if not NODE.exists():
        raise FileNotFoundError("The suite is not installed: run tests/clients/install.sh")
    done = subprocess.run(
        [str(NODE), str(COMMAND), "server", "--url", url, *options],
        env={**os.environ, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    output = done.stdout + done.stderr
    scenarios = {
        name: (int(passed), int(failed)) for name, passed, failed in _SCENARIO.findall(output)
    }
    return Report(done.returncode, output, scenarios, frozenset(_UNSCORED.findall(output)))
