"""A test meets processes of this machine and nobody else."""

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("10.0.0.1", 443), ("203.0.113.9", 25)])
def test_whoever_is_elsewhere_cannot_be_reached(address):
    with pytest.raises(UserWarning, match=f'with host "{address[0]}"'):
        socket.create_connection(address, timeout=1)


def test_a_server_of_this_machine_can():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
