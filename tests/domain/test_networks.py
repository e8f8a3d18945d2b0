"""Which addresses are counted as one."""

import pytest

from app.domain import networks

SHARED = ("160.79.104.0/21", "2607:6bc0::/48")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2ff::9", "2001:db8:1:200::/56"),
        ("2001:db8:1:200::1", "2001:db8:1:200::/56"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", "unknown"),
    ],
)
def test_an_address_counts_as_itself_and_an_ipv6_one_as_its_household(address, network):
    assert networks.of(address) == network


@pytest.mark.parametrize(
    ("address", "range_"),
    [
        ("160.79.104.1", SHARED[0]),
        ("::ffff:160.79.111.255", SHARED[0]),
        ("2607:6bc0::77", SHARED[1]),
        ("160.79.112.0", None),
        ("2607:6bc1::1", None),
        ("", None),
    ],
)
def test_an_address_of_a_shared_range_is_known_by_its_range(address, range_):
    assert networks.shared(address, SHARED) == range_
