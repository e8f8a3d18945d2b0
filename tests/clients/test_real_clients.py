"""Independent clients of every line connect, list, call and settle on the era they should."""

from dataclasses import replace

import pytest

from tests.clients.drive import CLIENTS, drive, said

pytestmark = pytest.mark.enable_socket

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
