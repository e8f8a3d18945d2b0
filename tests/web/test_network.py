"""Whose address counts: the peer's, or what a proxy we trust says, read from the right."""

from dataclasses import replace

import pytest

from app.web import network
from tests.tools.installation import polis, running, standing

__all__ = ["polis", "standing"]

PROXY = "10.0.0.7"


@pytest.fixture(scope="module")
def behind(standing):
    settings = standing.services.settings.model_copy(
        update={"trusted_proxies": ("10.0.0.0/24", "2001:db8:ffff::/48")}
    )
    with running(replace(standing.services, settings=settings)) as installation:
        yield installation.app


def asking(app, peer, forwarded=None):
    headers = (
        {} if forwarded is None else {"X-Forwarded-For": forwarded, "Forwarded": "for=6.6.6.6"}
    )
    with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": peer}):
        return network.address()


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "6.6.6.6", "203.0.113.9"),
        (PROXY, None, PROXY),
        (PROXY, "198.51.100.4", "198.51.100.4"),
        (PROXY, "6.6.6.6, 198.51.100.4", "198.51.100.4"),
        (PROXY, "6.6.6.6, 198.51.100.4, 10.0.0.9", "198.51.100.4"),
        (PROXY, "6.6.6.6, rubbish", PROXY),
        (PROXY, "", PROXY),
        (PROXY, "::ffff:198.51.100.4", "198.51.100.4"),
        ("2001:DB8:ffff::1", "2001:0DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", None, "fe80::1"),
        ("", "6.6.6.6", "127.0.0.1"),
    ],
)
def test_only_proxies_we_trust_are_believed(behind, peer, forwarded, expected):
    assert asking(behind, peer, forwarded) == expected


def test_without_proxies_nobody_is_believed(polis):
    assert asking(polis.app, PROXY, "198.51.100.4") == PROXY
