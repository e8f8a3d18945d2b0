"""Whether pages can be looked at here, and that an installation's own browser is guarded."""

import pytest

from app import bootstrap
from app.adapters.pages.browser import LocalBrowser
from app.domain.pages.refusals import PageRefused
from tests.factories import settings_for
from tests.needed import needed


def never(*_):
    raise AssertionError("Nothing is looked at.")


def refused(browser, url="http://127.0.0.1/"):
    with pytest.raises(PageRefused) as caught:
        browser.look(url)
    return caught.value


def test_without_a_browser_nothing_is_looked_at():
    refusal = refused(LocalBrowser(never, programs=("no-such-program",)))
    assert (refusal.code, refusal.message) == (
        "visual_unavailable", "This installation has no browser to look at pages with.",
    )  # fmt: skip


def test_a_browser_that_must_not_be_started_is_not():
    browser = LocalBrowser(never, programs=("true",), barred="Not here.")
    assert browser.refusal() == "Not here."
    assert refused(browser).code == "visual_unavailable"


def test_the_first_program_that_is_there_is_taken():
    took = []
    browser = LocalBrowser(lambda *asked: took.append(asked), programs=("no-such-program", "true"))
    assert browser.refusal() == ""
    browser.look("http://site.example/")
    assert took[0][0].endswith("/true")


def test_the_browser_of_an_installation_does_not_reach_what_is_ours(tmp_path):
    needed("chromium", "apt-get install chromium")
    browser = bootstrap.build(settings_for("", tmp_path)).browser
    for url in ("http://127.0.0.1/", "https://127.0.0.1/", "http://[::1]/"):
        assert refused(browser, url).code == "url_unreachable"
