"""A `claude` on the PATH that takes `claude mcp add` as Claude Code does, and connects by it."""

import json
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from tests.served import Served

_WRITES_DOWN = '#!/bin/sh\nprintf "%s\\n" "$@" > "$HOME/said-to-claude"\n'
_VALUED = {"--transport", "--header", "--scope", "--env", "--client-id", "--callback-port"}


class Server(NamedTuple):
    """What Claude Code was told to connect to."""

    name: str
    url: str
    headers: dict[str, str]


def added(running: Served, folder: Path, block: str) -> Server:
    """Paste a block and read what it told `claude`."""
    stub = folder / "claude"
    stub.write_text(_WRITES_DOWN)
    stub.chmod(0o755)
    told = folder / "said-to-claude"
    told.unlink(missing_ok=True)
    env = {"PATH": f"{folder}:{os.defpath}", "HOME": str(folder), "POLIS_KEY": running.key}
    subprocess.run(["sh", "-eu"], input=block, cwd=folder, env=env, text=True, check=True)
    return _parsed(told.read_text().splitlines())


def _parsed(words: list[str]) -> Server:
    """`mcp add [options] <name> <url> [options]`; an option nobody knows is refused."""
    assert words[:2] == ["mcp", "add"]
    options: list[tuple[str, str]] = []
    places: list[str] = []
    rest = iter(words[2:])
    for word in rest:
        if word.startswith("-"):
            assert word in _VALUED, word
            options.append((word, next(rest)))
        else:
            places.append(word)
    assert ("--transport", "http") in options, "without it an address is taken for a command"
    name, url = places
    told = [value.partition(": ") for option, value in options if option == "--header"]
    return Server(name, url, {header: value for header, _, value in told})


def greeted(server: Server) -> tuple[int, str]:
    """The first request of a client: its status, and what a refusal says of the way in."""
    message = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-11-25", "capabilities": {},
                   "clientInfo": {"name": "claude-code", "version": "2"}},
    }  # fmt: skip
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    request = urllib.request.Request(
        server.url, json.dumps(message).encode(), headers | server.headers
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["WWW-Authenticate"]
