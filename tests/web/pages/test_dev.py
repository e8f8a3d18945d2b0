"""Pages for whoever works on Polis are there in development and nowhere else."""

from dataclasses import replace

import pytest

from tests.tools.installation import running

BASE = "http://127.0.0.1:8000"
PAGES = ("/dev/components",)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_for_developers_is_there_in_development(polis, path):
    assert polis.app.test_client().get(path, base_url=BASE).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_in_production_there_is_no_such_page(polis, path):
    settings = polis.services.settings.model_copy(update={"env": "production"})
    with running(replace(polis.services, settings=settings)) as production:
        assert production.app.test_client().get(path, base_url=BASE).status_code == 404
