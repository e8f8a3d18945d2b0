"""The real clients the tests drive, how each is started, and what each says."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = HERE / "node_modules/node/bin/node"


@dataclass(frozen=True)
class RealClient:
    """A client line, the script that drives it, and the era it should settle on with us."""

    name: str
    program: Path
    script: str
    era: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """A running server: its MCP URL, a key, its tools, and one call whose answer can be told."""

    url: str
    key: str
    tools: frozenset[str]
    tool: str
    arguments: Mapping[str, Any]
    answered: Callable[[Any], bool]


def python(line: str) -> Path:
    """The interpreter of a line of Python clients."""
    return ROOT / ".venv-clients" / line / "bin/python"


CLIENTS = (
    RealClient("Python SDK 1.30", python("mcp1"), "py_mcp1.py", "legacy"),
    RealClient("Python SDK 2.3", python("mcp2"), "py_mcp2.py", "modern"),
    RealClient("FastMCP 4.1", python("fastmcp"), "py_fastmcp.py", "modern"),
    RealClient("TypeScript SDK 1.32", NODE, "ts_sdk1.mjs", "legacy"),
    RealClient("TypeScript client 2.4", NODE, "ts_client2.mjs", "legacy", ("legacy",)),
    RealClient("TypeScript client 2.4, auto", NODE, "ts_client2.mjs", "modern", ("auto",)),
    RealClient("Inspector 2.12", NODE, "inspector.mjs", "legacy", ("legacy",)),
    RealClient("Inspector 2.12, auto", NODE, "inspector.mjs", "modern", ("auto",)),
)


def drive(client: RealClient, target: Target, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a client once in a home of its own: connect, list, call, leave."""
    if not client.program.exists():
        raise FileNotFoundError("The clients are not installed: run tests/clients/install.sh")
    call = (target.url, target.key, target.tool, json.dumps(dict(target.arguments)))
    return subprocess.run(
        [str(client.program), str(HERE / client.script), *call, *client.options],
        env={**os.environ, "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def said(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What the client printed, with its era worked out from the revision where it names one."""
    assert run.returncode == 0, run.stdout + run.stderr
    line: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    modern = line.get("version", "") >= "2026-07-28"
    return {"era": "modern" if modern else "legacy", **line}
