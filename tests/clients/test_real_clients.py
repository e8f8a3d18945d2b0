"""Independent clients of every line connect, list, call and settle on the era they should."""

from dataclasses import replace

import pytest

from app.tools import TOOLS
from tests.clients.drive import CLIENTS, Target, drive, said
from tests.served import Served

INSPECTORS = [client for client in CLIENTS if client.script == "inspector.mjs"]

each_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)


def _gets_along(client, target, home):
    line = said(drive(client, target, home))
    assert line["era"] == client.era
    assert set(line["tools"]) == target.tools
    assert line["is_error"] is False
    assert target.answered(line["structured"])


@each_client
def test_client_gets_along_with_the_wire(client, fixture_server, tmp_path):
    _gets_along(client, fixture_server, tmp_path)


@each_client
def test_client_gets_along_with_polis(client, product_server, tmp_path):
    _gets_along(client, product_server, tmp_path)


@each_client
def test_client_with_a_wrong_key_gets_nowhere(client, fixture_server, tmp_path):
    wrong = replace(fixture_server, key="sk_test_wrong")
    assert drive(client, wrong, tmp_path).returncode != 0


@pytest.fixture(scope="module")
def open_server(copies, tmp_path_factory):
    """Polis as `polis serve --no-auth` serves it, known by its URL alone."""
    folder = tmp_path_factory.mktemp("open")
    with Served(copies.fresh("sqlite", folder), folder, "--no-auth", worker_processes="1") as its:
        yield Target(
            its.url,
            "",
            frozenset(TOOLS),
            "polis_account",
            {},
            lambda structured: structured["_usage"]["no_auth"] is True,
        )


@pytest.mark.parametrize("client", INSPECTORS, ids=lambda client: client.name)
def test_without_auth_the_inspector_works_by_url_alone(client, open_server, tmp_path):
    _gets_along(client, open_server, tmp_path)


@pytest.mark.parametrize("client", INSPECTORS, ids=lambda client: client.name)
def test_with_auth_a_url_alone_gets_the_inspector_nowhere(client, product_server, tmp_path):
    assert drive(client, replace(product_server, key=""), tmp_path).returncode != 0
