"""Every line of SDKs connects by OAuth from the bare URL, refreshes, and is refused once revoked."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.loopback import waiting
from tests.clients.connecting import registering
from tests.clients.connecting.conversation import Conversation
from tests.clients.connecting.ending import Requests, expire, is_refused, revoke
from tests.clients.connecting.person import query
from tests.clients.connecting.registering import NEWER, OLDER, Expected
from tests.clients.drive import NODE, python

HERE = Path(__file__).parent
pytestmark = [
    pytest.mark.parametrize("served", ["sqlite"], indirect=True),
]


@dataclass(frozen=True)
class Line:
    """A client line, its script, the revision it settles on and what it registers."""

    name: str
    program: Path
    script: str
    revision: str
    expected: Expected
    options: tuple[str, ...] = ()

    def command(self, *facts: str) -> list[str]:
        return [str(self.program), str(HERE / self.script), *facts, *self.options]


LINES = (
    Line("Python SDK 1.30", python("mcp1"), "py_mcp1.py", "2025-11-25", OLDER),
    Line("Python SDK 2.3", python("mcp2"), "py_mcp2.py", "2026-07-28", NEWER),
    Line("FastMCP 4.1", python("fastmcp"), "py_fastmcp.py", "2026-07-28", NEWER),
    Line("TypeScript SDK 1.32", NODE, "ts_sdk1.mjs", "2025-11-25", OLDER),
    Line("TypeScript client 2.4", NODE, "ts_client2.mjs", "2025-11-25", NEWER, ("legacy",)),
    Line("TypeScript client 2.4, auto", NODE, "ts_client2.mjs", "2026-07-28", NEWER, ("auto",)),
)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_sdk_connects_refreshes_and_is_refused_once_revoked(line, served, person, tmp_path):
    requests = Requests(served)
    with waiting() as program:
        command = line.command(served.url, program.callback)
        with Conversation(command, tmp_path) as client:
            asked = query(url := client.told("visit")["visit"])
            client.answer(**person.approve(url))
            first = client.told("called")
            registering.began(requests)
            assert (first["version"], first["called"]["organization"]) == (line.revision, "demo")
            registering.check(served, asked, first["client"], first["tokens"], line.expected)
            again = _refreshed(served, client, first)
            revoke(served, asked["client_id"], again["tokens"]["refresh_token"])
            assert is_refused(served.url, again["tokens"]["access_token"])
            client.answer()
            anew = query(client.told("visit")["visit"])
    assert anew["client_id"] == asked["client_id"]  # no grant any more, but still registered


def _refreshed(served, client, before):
    """What the client tells of a call after its access token was over."""
    expire(served, before["tokens"]["access_token"])
    requests = Requests(served)
    client.answer()
    after = client.told("called")
    assert after["called"]["organization"] == "demo"
    registering.refreshed(requests, before["tokens"], after["tokens"])
    return after
