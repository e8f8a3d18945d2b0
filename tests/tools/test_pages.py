"""Page addresses: what can never be fetched is refused at once, whatever it looks like."""

import secrets
from datetime import timedelta

import pytest
import time_machine

from app.domain.pages import addresses
from app.kit import clock
from app.models.accounts import Organization
from app.tools import TOOLS
from tests.adapters.fetch.wire import PUBLIC
from tests.page_world import OFFER, html, living_in, world_of
from tests.page_world import test_of as _page

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
    "http://" + "a." * 200 + "com",
]
NAMES = {"inside.example": ["10.0.0.1"], "mixed.example": [PUBLIC, "127.0.0.1"], "gone.example": []}


@pytest.fixture
def world():
    with world_of(
        {"/": html(OFFER)}, {**NAMES, "turning.example": [[PUBLIC], ["127.0.0.1"]]}
    ) as it:
        yield it


@pytest.fixture
def online(polis, world):
    """The installation in a world where some names lead inwards."""
    with living_in(world, polis) as installation:
        yield installation


@pytest.mark.parametrize("url", BLOCKED)
def test_an_address_that_is_never_fetched_is_refused_at_once(polis, url):
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_test", **_page(url))
    assert error["code"] == "url_blocked"
    assert error["hint"]


@pytest.mark.parametrize("url", ["mailto:a@example.com", "MAILTO:", "somebody@example.com"])
def test_an_address_of_mail_is_called_one(polis, url):
    error = polis.agent().refusal("polis_test", **_page(url))
    assert (error["code"], error["message"]) == (
        "url_blocked", "This is an e-mail address, not a page.",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["inside.example", "mixed.example", "2606--1.example"])
def test_a_name_that_stands_for_something_of_ours_is_refused_at_once(online, world, name):
    world.names.setdefault(name, ["2606:2800:220:1::1", "::ffff:192.168.0.1"])
    agent = online.agent()
    with online.unchanged():
        error = agent.refusal("polis_test", **_page(f"http://{name}/"))
    assert (error["code"], error["message"]) == ("url_blocked", "This address is not public.")
    assert world.dialled == []


@pytest.mark.parametrize("url", ["http://gone.example", "https://gone.example:443/a?b#c"])
def test_a_name_nobody_knows_is_unreachable_at_once(online, url):
    agent = online.agent()
    with online.unchanged():
        error = agent.refusal("polis_test", **_page(url))
    assert (error["code"], error["details"]) == ("url_unreachable", {"reason": "unreachable"})
    assert "markdown" in error["hint"]


@pytest.mark.parametrize(
    ("urls", "code", "variant"),
    [
        (["http://site.example/a", "http://127.0.0.1/"], "url_blocked", 1),
        (["http://inside.example/", "http://site.example/"], "url_blocked", 0),
        (["http://site.example/", "http://gone.example/a", "http://gone.example/b"], "url_unreachable", 1),
    ],
)  # fmt: skip
def test_a_refusal_says_which_variant_has_the_address(online, urls, code, variant):
    agent, variants = online.agent(), [{"url": url} for url in urls]
    with online.unchanged():
        error = agent.refusal(
            "polis_compare", content_type="url", variants=variants, persona_count=10
        )
    assert (error["code"], error["details"]["variant"]) == (code, variant)


@pytest.mark.parametrize(
    "url",
    ["http://site.example", "HTTPS://Site.EXAMPLE/", " http://site.example ", f"http://{PUBLIC}/"],
)
def test_a_public_page_is_taken_and_nothing_is_fetched_at_the_call(online, world, url):
    begun = online.agent().call("polis_test", **_page(url))
    assert (begun["status"], begun["tokens_charged"]) == ("pending", 15)
    assert world.dialled == []


def test_a_repeat_gets_its_first_answer_whatever_became_of_the_page(online, world):
    agent, order = online.agent(), _page("http://turning.example/", idempotency_key="once")
    first = agent.call("polis_test", **order)
    assert agent.call("polis_test", **order)["run_id"] == first["run_id"]
    other = agent.refusal("polis_test", **{**order, "idempotency_key": "twice"})
    assert other["code"] == "url_blocked"  # the repeat did not look: the name turned only now


def test_fetches_are_counted_for_the_organization_and_for_the_host(polis, world):
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    world.names |= {f"h{n}.example": [PUBLIC] for n in range(40)}
    with living_in(world, polis, settings=settings) as limited:
        agent, other = limited.agent(), limited.agent()
        for _ in range(10):
            agent.call("polis_test", **_page("http://h0.example/"))
        error = other.refusal("polis_test", **_page("http://H0.example/x"))
        assert (error["code"], error["details"]["limit"]) == ("rate_limited", "fetch_host")
        assert error["details"]["retry_after_s"] >= 1
        for first in range(1, 21, 5):  # few calls: how many of those come at once is limited too
            pages = [{"url": f"http://h{first + n}.example/"} for n in range(5)]
            agent.call("polis_compare", content_type="url", variants=pages, persona_count=10)
        error = agent.refusal("polis_test", **_page("http://h30.example/"))
        assert error["details"]["limit"] == "fetch"


@pytest.fixture
def limited(polis, world):
    """The same world in a moment that stands still, where fetches of a host are counted to ten."""
    settings = polis.services.settings.model_copy(update={"rate_limits": True})
    standing_still = time_machine.travel(clock.now(), tick=False)
    with living_in(world, polis, settings=settings) as installation, standing_still:
        yield installation


@pytest.fixture
def page(world):
    """A page of a host that no other test fetches from: what is counted stays counted."""
    host = f"h{secrets.token_hex(6)}.example"
    world.names[host] = [PUBLIC]
    return f"http://{host}/"


def test_a_repeat_counts_no_fetch(limited, page):
    agent, order = limited.agent(), _page(page, idempotency_key="once")
    begun = {agent.call("polis_test", **order)["run_id"] for _ in range(11)}
    assert len(begun) == 1
    other = limited.second_key(agent)
    for _ in range(9):
        other.call("polis_test", **_page(page))
    error = other.refusal("polis_test", **_page(page))
    assert error["details"]["limit"] == "fetch_host"
    assert agent.call("polis_test", **order)["run_id"] in begun


def test_a_key_used_for_another_request_counts_no_fetch(limited, page):
    agent, order = limited.agent(), _page(page, idempotency_key="once")
    agent.call("polis_test", **order)
    for _ in range(11):
        assert agent.refusal("polis_test", **{**order, "label": "x"})["code"] == "conflict"
    assert limited.agent().call("polis_test", **_page(page))["run_id"]


def _pause(polis, agent):
    until = clock.now() + timedelta(minutes=10)
    with polis.services.transaction() as session:
        session.get_one(Organization, agent.who.organization_id).runs_paused_until = until


UNABLE = [
    ({"tokens": 14}, "not_enough_tokens", None),
    ({"cap": 14, "verified": False}, "spend_cap_reached", None),
    ({}, "rate_limited", _pause),
]


@pytest.mark.parametrize(("facts", "code", "befall"), UNABLE)
def test_whoever_starts_nothing_uses_up_nobodys_fetches(limited, page, facts, code, befall):
    agent = limited.agent(**facts)
    if befall is not None:
        befall(limited, agent)
    for _ in range(11):
        error = agent.refusal("polis_test", **_page(page))
        assert (error["code"], error["details"].get("limit") in {None, "key"}) == (code, True)
    pages = [{"url": page}, {"url": f"{page}b"}]
    both = {"content_type": "url", "variants": pages, "persona_count": 10}
    assert agent.refusal("polis_compare", **both)["code"] == code
    assert limited.agent().call("polis_test", **_page(page))["run_id"]
    unsafe = agent.refusal("polis_test", **_page("http://127.0.0.1/"))
    assert unsafe["code"] == "url_blocked"  # which costs nobody anything to say


@pytest.mark.parametrize(("book", "word"), [("test", "test book"), ("live", "browser")])
def test_layout_that_cannot_be_looked_at_is_refused(polis, book, word):
    agent = polis.agent(book=book)
    with polis.unchanged():
        error = agent.refusal("polis_test", **_page("https://example.com", url_mode="visual"))
    assert error["code"] == "visual_unavailable"
    assert word in error["message"]
    assert "url_mode copy" in error["hint"]
    assert "markdown" in error["hint"]


def test_a_comparison_checks_the_page_of_every_variant(polis):
    variants = [{"url": "http://example.com"}, {"url": "http://127.0.0.1"}]
    agent = polis.agent()
    with polis.unchanged():
        error = agent.refusal("polis_compare", content_type="url", variants=variants)
    assert error["code"] == "url_blocked"


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


def test_a_host_is_one_host_however_it_is_written():
    written = ["http://Site.example/a", "https://site.EXAMPLE.:443/b?c"]
    assert {addresses.host_of(each) for each in written} == {"site.example"}
