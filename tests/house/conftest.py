"""The application as it is wired, over a database nobody opens."""

import pytest

from app import bootstrap
from app.web import create_app
from tests.factories import settings_for


@pytest.fixture
def app(tmp_path):
    settings = settings_for(f"sqlite:///{tmp_path / 'never-opened.db'}", tmp_path)
    return create_app(bootstrap.build(settings))
