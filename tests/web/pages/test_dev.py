"""Pages for whoever works on Polis are there in development and nowhere else."""

from dataclasses import replace

import pytest

from tests.tools.installation import running

BASE = "http://127.0.0.1:8000"
PAGES = ("/dev/components", "/dev/mail")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_for_developers_is_there_in_development(polis, path):
    assert polis.app.test_client().get(path, base_url=BASE).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_in_production_there_is_no_such_page(polis, path):
    settings = polis.services.settings.model_copy(update={"env": "production"})
    with running(replace(polis.services, settings=settings)) as production:
        assert production.app.test_client().get(path, base_url=BASE).status_code == 404


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "more",
    [
        {"headers": {"X-Forwarded-For": "203.0.113.9"}},
        {"headers": {"CF-Connecting-IP": "203.0.113.9"}},
        {"environ_base": {"REMOTE_ADDR": "192.168.1.7"}},
    ],
)
def test_whoever_comes_by_a_tunnel_or_from_elsewhere_finds_no_such_page(polis, path, more):
    assert polis.app.test_client().get(path, base_url=BASE, **more).status_code == 404


def test_the_pages_are_not_there_under_a_public_name(polis):
    settings = polis.services.settings.model_copy(update={"base_url": "https://x.tunnel.example"})
    with running(replace(polis.services, settings=settings)) as tunnelled:
        client = tunnelled.app.test_client()
        for path in PAGES:
            assert client.get(path, base_url="https://x.tunnel.example").status_code == 404
            assert client.get(path, base_url=BASE).status_code == 200
