"""Page addresses: what can never be fetched is refused at once, whatever it looks like."""

import pytest

from app.domain import pages
from app.tools import TOOLS

BLOCKED = [
    "ftp://example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "example.com",
    "//example.com",
    "http://",
    "http:///path",
    "http:example.com",
    "http://localhost",
    "http://LOCALHOST./",
    "http://printer.local",
    "http://metadata.google.internal/",
    "http://intranet",
    "http://127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "http://0x7f000001",
    "http://0x7f.1",
    "http://0177.0.0.1",
    "http://1.2.3.0x4",
    "http://10.0.0.1",
    "http://192.168.1.1",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1",
    "http://0.0.0.0",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:10.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://[fe80::1]",
    "http://[fd00::1]",
    "http://example.com:8080",
    "http://example.com:22",
    "http://example.com:99999",
    "http://example.com:x",
    "http://user@example.com",
    "http://user:password@example.com",
    "http://good.example\\@127.0.0.1/",
    "http://[bad",
    "http://[::1",
    "http://bad]",
    "http://\u2100.com",
    "http://exa mple.com",
    "http://ex\tample.local",
    "http://\uff11\uff12\uff17.0.0.1",
    "http://127\u3002" + "0\u30020\u30021",
    "http://\u2460\u2461\u2466.0.0.1",
    "http://" + "a" * 300 + ".com",
]


def _page(url, **more):
    return {"content_type": "url", "url": url, "persona_count": 10, **more}


@pytest.mark.parametrize("url", BLOCKED)
def test_an_address_that_is_never_fetched_is_refused_at_once(polis, url):
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_test", **_page(url))
    assert error["code"] == "url_blocked"
    assert error["hint"]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com",
        "https://example.com:443/a?b#c",
        "HTTPS://Example.COM/",
        " http://example.com ",
    ],
)
def test_without_a_fetcher_a_public_page_is_unreachable(polis, url):
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_test", **_page(url))
    assert error["code"] == "url_unreachable"
    assert "markdown" in error["hint"]


@pytest.mark.parametrize(("book", "word"), [("test", "test book"), ("live", "browser")])
def test_layout_that_cannot_be_looked_at_is_refused(polis, book, word):
    agent = polis.agent(book=book)
    with polis.unchanged():
        error = agent.refusal("polis_test", **_page("https://example.com", url_mode="visual"))
    assert error["code"] == "visual_unavailable"
    assert word in error["message"]
    # Whoever does what the hint says is not refused the next way, and the next.
    assert ("url_mode copy" in error["hint"]) is pages.FETCHES_PAGES
    assert "markdown" in error["hint"]


def test_a_comparison_checks_the_page_of_every_variant(polis):
    variants = [{"url": "http://example.com"}, {"url": "http://127.0.0.1"}]
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_compare", content_type="url", variants=variants)
    assert error["code"] in {"url_blocked", "url_unreachable"}


def test_an_estimate_looks_at_no_address(polis):
    answer = polis.agent().call("polis_estimate", **_page("http://127.0.0.1", url_mode="visual"))
    assert (answer["tokens"], answer["per_persona_tokens"]) == (45, 4.5)


def test_an_estimate_promises_no_more_than_that_the_price_can_be_paid(polis):
    agent, page = polis.agent(), _page("https://example.com")
    assert agent.call("polis_estimate", **page)["within_cap"]
    assert agent.refusal("polis_test", **page)["code"] == "url_unreachable"
    described = TOOLS["polis_estimate"].describe()["outputSchema"]["properties"]["within_cap"]
    assert "can be paid" in described["description"]
    assert "an address may be refused" in described["description"]


def test_every_refusal_of_a_page_says_what_to_do():
    assert {pages.UrlBlocked.code, pages.UrlUnreachable.code, pages.VisualUnavailable.code} == {
        "url_blocked", "url_unreachable", "visual_unavailable",
    }  # fmt: skip
