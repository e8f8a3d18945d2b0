"""An installation on a port of its own, and a tab that visits it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests import invariants
from tests.browser.looks import AXE, Complaints
from tests.browser.site import Site, visited
from tests.needed import BY_NPM, needed


@pytest.fixture(scope="session")
def site(copies, tmp_path_factory) -> Iterator[Site]:
    """An installation on a port of its own."""
    with visited(copies, tmp_path_factory.mktemp("visited")) as running:
        yield running


@pytest.fixture(autouse=True)
def books(request) -> Iterator[None]:
    """After every test at the site each balance is the sum of its entries."""
    yield
    if "site" in request.fixturenames:
        invariants.check(request.getfixturevalue("site").services.database)


@pytest.fixture
def complaints() -> Complaints:
    """What the browser complained of during this test."""
    return Complaints()


@pytest.fixture
def page(request, chromium, site, complaints) -> Iterator[Page]:
    """A tab at the site; parametrise it indirectly with settings of its context.

    A test has failed when the browser complained of anything.
    """
    needed(AXE, BY_NPM)
    context = chromium.new_context(base_url=site.base, **getattr(request, "param", {}))
    tab = context.new_page()
    complaints.of(tab)
    yield tab
    context.close()
    assert complaints == []
