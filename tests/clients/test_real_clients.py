"""Independent clients of every line connect, list, call and settle on the era they should."""

from dataclasses import replace

import pytest

from tests.clients.drive import CLIENTS, drive, said

pytestmark = pytest.mark.enable_socket

each_client = pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)


@each_client
def test_client_lists_calls_and_settles_on_its_era(client, served, tmp_path):
    line = said(drive(client, served, tmp_path))
    assert line["era"] == client.era
    assert set(line["tools"]) == served.tools
    assert line["is_error"] is False
    assert served.answered(line["structured"])


@each_client
def test_client_with_a_wrong_key_gets_nowhere(client, served, tmp_path):
    assert drive(client, replace(served, key="sk_test_wrong"), tmp_path).returncode != 0
