"""The installation these tests talk to."""

import pytest

from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]


@pytest.fixture
def get(polis):
    """Fetches one of our own addresses, absolute or not, as a program without anything."""
    http, base = polis.app.test_client(use_cookies=False), polis.services.settings.base_url

    def fetch(address, **headers):
        path = address.removeprefix(base)
        assert path.startswith("/"), address  # nobody is sent elsewhere
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return http.get(path, base_url=base, headers=named, buffered=True)

    return fetch
