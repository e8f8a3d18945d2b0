"""Which clients are one app: the same name, and codes that go to the same places."""

import pytest

from app.domain.grants.apps import key_of

HTTPS = "https://acme.example/cb"


@pytest.mark.parametrize(
    "uri",
    [
        "https://ACME.example:8443/other",
        "https://acme.example",
    ],
)
def test_other_addresses_of_one_host_are_one_app(uri):
    assert key_of("Acme", [HTTPS]) == key_of("Acme", [uri]) == key_of("Acme", [uri, HTTPS])


def test_other_addresses_of_one_scheme_are_one_app():
    assert key_of("Acme", ["acme://one/cb"]) == key_of("Acme", ["acme://two/cb"])


@pytest.mark.parametrize(
    "uri",
    ["evil://acme.example/cb", "acme.example://cb", "acme.example:/cb", "https://evil.example/cb"],
)
def test_whoever_names_a_host_in_a_scheme_of_their_own_is_another_app(uri):
    assert key_of("Acme", [HTTPS]) != key_of("Acme", [uri])


def test_a_program_on_this_machine_is_no_host_of_the_same_name():
    assert key_of("Acme", ["http://localhost/cb"]) != key_of("Acme", ["https://localhost/cb"])


def test_another_name_is_another_app():
    assert key_of("Acme", [HTTPS]) != key_of("Acme 2", [HTTPS])
