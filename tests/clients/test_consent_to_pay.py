"""Real clients of both eras have their person asked, and are told what became of it."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from app.domain.links import Links
from tests.clients.drive import HERE, python
from tests.served import free_port
from tests.serving import serving
from tests.tools.installation import Installation, polis, running, standing
from tests.web.fixtures import email
from tests.web.member import signed_in
from tests.web.paying import pays, purchases

__all__ = ["email", "polis", "standing"]

CLIENTS = {"2025-11-25": ("mcp1", "py_mcp1_paying.py"), "2026-07-28": ("mcp2", "py_mcp2_paying.py")}


@pytest.fixture
def heard(polis: Installation) -> Iterator[Installation]:
    """The installation behind a port of its own, which it says in its links."""
    port = free_port()
    base, services = f"http://127.0.0.1:{port}", polis.services
    settings = services.settings.model_copy(update={"bind": f"127.0.0.1:{port}", "base_url": base})
    links = Links(base, services.links.keys)
    with running(replace(services, settings=settings, links=links)) as installation:
        installation.organizations = polis.organizations
        with serving(make_server("127.0.0.1", port, installation.app, threaded=True)):
            yield installation


@contextmanager
def calling(installation: Installation, key: str, revision: str) -> Iterator[subprocess.Popen]:
    """A client that wants a small pack."""
    line, script = CLIENTS[revision]
    assert python(line).exists(), "The clients are not installed: run tests/clients/install.sh"
    url = f"{installation.services.settings.base_url}/mcp"
    command = [str(python(line)), str(HERE / script), url, key, "polis_topup", '{"pack": "small"}']
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as client:
        yield client


@pytest.mark.parametrize("revision", CLIENTS)
def test_a_person_is_asked_pays_and_the_client_is_told(heard, email, revision):
    someone = signed_in(heard, email, heard.services.settings.base_url)
    agent = someone.agent()
    with calling(heard, agent.who.key, revision) as client:
        asks = json.loads(client.stdout.readline())
        assert asks["message"] == "Approve $5.00 for 1,000 Polis tokens"
        pays(someone, asks["url"])
        said, complaint = client.communicate("accept\n", timeout=60)
    assert client.returncode == 0, complaint
    told = json.loads(said)
    assert told["version"] == revision
    assert told["structured"]["status"] == "paid"
    assert told["structured"]["_usage"]["pack_tokens_remaining"] == 2000
    assert len(purchases(heard, agent)) == 1


def test_a_person_who_says_no_leaves_nothing_bought(heard, email):
    someone = signed_in(heard, email, heard.services.settings.base_url)
    agent = someone.agent()
    with calling(heard, agent.who.key, "2026-07-28") as client:
        assert json.loads(client.stdout.readline())["url"]
        said, complaint = client.communicate("decline\n", timeout=60)
    assert client.returncode == 0, complaint
    told = json.loads(said)["structured"]
    assert (told["status"], told["_usage"]["pack_tokens_remaining"]) == ("open", 1000)
    assert "nothing was bought" in told["hint"]
