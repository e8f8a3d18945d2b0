"""What nobody means, in every field of every tool and at every address: refused, and charged nothing."""

import io
import json
import re

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from app.tools import TOOLS
from tests.databases import DATABASES
from tests.rounds import full

DEEP = 1_000
TEN_MEGABYTES = 10 * 1024**2
HOST = "127.0.0.1:8000"
KINDS = {"application/json": b'{"a": "', "application/x-www-form-urlencoded": b"a="}
READ_AT_MOST = 2 * 1024**2
# As they stand in the body: some are no value a serialiser would write.
MONSTERS = {
    "a thousand lists deep": "[" * DEEP + "]" * DEEP,
    "a thousand objects deep": '{"a":' * DEEP + "1" + "}" * DEEP,
    "NUL": '"a\\u0000b"',
    "half a character": '"\\ud800"',
    "the other half first": '"\\udc00\\ud800"',
    "a raw control character": '"a\x01b"',
    "nine hundred thousand letters": f'"{"x" * 900_000}"',
    "a number of a thousand digits": "9" * 1_000,
    "a number beyond all": "1e999",
    "no number": "NaN",
    "endless": "-Infinity",
    "ten thousand items": f"[{','.join(['0'] * 10_000)}]",
    "ten thousand fields": json.dumps(dict.fromkeys(map(str, range(10_000)), 0)),
    "itself twice": '"a", "again": 1, "again": 2',
    "a list": "[null]",
    "an object": '{"$ref": "#"}',
}
FIELDS = [
    (tool, field) for tool, it in TOOLS.items() for field in it.describe()["inputSchema"]["properties"]
]  # fmt: skip


@pytest.mark.parametrize("standing", DATABASES if full() else DATABASES[:1], indirect=True)
@pytest.mark.parametrize(("tool", "field"), FIELDS)
def test_s32_no_field_of_any_tool_takes_a_monster_by_either_door(polis, tool, field):
    agent = polis.agent()
    rest = polis.as_(agent.who, f"/api/v1/{tool.removeprefix('polis_')}")
    taken = []
    with polis.unchanged():
        for name, monster in MONSTERS.items():
            arguments = f'{{"{field}": {monster}}}'
            call = f'{{"name": "{tool}", "arguments": {arguments}}}'
            message = f'{{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {call}}}'
            said = agent.send(message.encode(), mcp_protocol_version="2025-11-25")
            taken += [(name, "mcp")] if not _refused(said) else []
            said = rest.send(arguments.encode())
            taken += [(name, "rest")] if not 400 <= said.status_code < 500 else []
    assert taken == []


def test_s32_ten_megabytes_are_refused_unread(polis):
    posts = {
        re.sub(r"<[^>]+>", "x", rule.rule)
        for rule in polis.app.url_map.iter_rules()
        if "POST" in rule.methods
    }
    assert len(posts) > 80
    found = {}
    for path in sorted({*posts, "/mcp", "/api/mcp", *(f"/api/v1/{name[6:]}" for name in TOOLS)}):
        for kind, first in KINDS.items():
            status, read = _sent(polis, path, first, {"Content-Type": kind})
            if not 300 <= status < 500 or read > READ_AT_MOST:
                found[path, kind] = (status, read)
    assert found == {}


def test_s32_ten_megabytes_of_whoever_may_call_are_refused_unread(polis):
    agent = polis.agent()
    with polis.unchanged():
        for path in ("/mcp", "/api/mcp", "/api/v1/test"):
            status, read = _sent(polis, path, b'{"content": "', agent.headers)
            assert status == 413, path
            assert read <= READ_AT_MOST


def _refused(answer) -> bool:
    """Whether it was a refusal in words, or a message that is none."""
    if answer.status_code == 200:
        body = answer.json
        return "error" in body or body["result"]["isError"] is True
    return 400 <= answer.status_code < 500


class _Body(io.RawIOBase):
    """So many bytes that cost nothing until somebody reads them."""

    def __init__(self, first: bytes, size: int) -> None:
        self.first, self.left, self.read_so_far = first, size, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        count = min(len(buffer), self.left)
        start, self.first = self.first[:count], self.first[count:]
        buffer[:count] = start + b"a" * (count - len(start))
        self.left -= count
        self.read_so_far += count
        return count


def _sent(polis, path: str, first: bytes, headers: dict[str, str]) -> tuple[int, int]:
    """The status for a body of ten megabytes, and how much of it was read."""
    body = _Body(first, TEN_MEGABYTES)
    environ = create_environ(path, method="POST", headers={"Host": HOST, **headers})
    environ["wsgi.input"] = io.BufferedReader(body)
    environ["CONTENT_LENGTH"] = str(TEN_MEGABYTES)
    _, status, _ = run_wsgi_app(polis.app, environ, buffered=True)
    return int(status[:3]), body.read_so_far
