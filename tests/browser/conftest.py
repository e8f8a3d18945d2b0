"""A real Chromium, as it is installed, and an installation it visits."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looks import AXE, Complaints
from tests.browser.site import Site, visited


@pytest.fixture(scope="session")
def site(copies, tmp_path_factory) -> Iterator[Site]:
    """An installation on a port of its own."""
    with visited(copies, tmp_path_factory.mktemp("visited")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each test has a context of its own."""
    executable = shutil.which("chromium")
    if executable is None or not AXE.is_file():
        pytest.skip("chromium or axe-core is not installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable)
        yield started
        started.close()


@pytest.fixture
def complaints() -> Complaints:
    """What the browser complained of during this test."""
    return Complaints()


@pytest.fixture
def page(request, browser, site, complaints) -> Iterator[Page]:
    """A tab at the site; parametrise it indirectly with settings of its context.

    A test has failed when the browser complained of anything.
    """
    context = browser.new_context(base_url=site.base, **getattr(request, "param", {}))
    tab = context.new_page()
    complaints.of(tab)
    yield tab
    context.close()
    assert complaints == []
