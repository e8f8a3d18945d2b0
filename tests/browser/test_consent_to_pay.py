"""The page somebody is asked to pay on, in a real browser: every width, every light, and no scripts."""

import re
from dataclasses import replace

import pytest

from tests import oauth
from tests.browser import test_html as html
from tests.browser.looks import THEMES, WIDTHS
from tests.browser.looks import faults as faults_in
from tests.web.paying import URL

LOOKS = [
    pytest.param({"viewport": {"width": width, "height": 800}, "color_scheme": theme}, id=f"{width}-{theme}")
    for width in WIDTHS for theme in THEMES
]  # fmt: skip
LONG = "A-name-without-any-place-to-break-it-that-somebody-registered-for-their-app-here"


@pytest.fixture
def kim(site):
    """Somebody whose app, of a long name, may act for them."""
    return site.agent(tokens=0, verified=True)


@pytest.fixture
def path(site, kim) -> str:
    made = oauth.tokens(site.services, kim.who, oauth.client(site.services, name=LONG))
    app = site.as_(replace(kim.who, key=made.access_token))
    call = {"name": "polis_topup", "arguments": {"pack": "small"}}
    asks = app.modern("tools/call", call, URL)["inputRequests"]["pay"]
    return asks["params"]["url"].removeprefix(site.base)


def enter(page, site, who) -> None:
    visitor = html.signed_in(site, who)
    secret = visitor.get_cookie("polis", domain="127.0.0.1").value
    page.context.add_cookies([{"name": "polis", "value": secret, "url": site.base}])


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_page_has_no_fault_at_any_width_in_any_light(page, site, kim, path):
    enter(page, site, kim.who)
    page.goto(path)
    assert page.get_by_text(LONG).is_visible()
    assert faults_in(page) == []


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_whoever_is_asked_agrees_and_pays_without_scripts(page, site, kim, path):
    enter(page, site, kim.who)
    page.goto(path)
    assert page.get_by_role("heading", level=1).inner_text() == "Buy 1,000 tokens for $5.00?"
    page.get_by_role("button", name="Go to checkout").click()
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url(re.compile("/pay/org_"))
    site.work_off()
    page.goto(path)
    assert page.get_by_text("Paid. The tokens are there.").is_visible()


@pytest.mark.parametrize("page", [LOOKS[0]], indirect=True)
def test_somebody_else_is_told_so_and_no_more(page, site, path):
    enter(page, site, site.agent(verified=True).who)
    page.goto(path)
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading == "This was asked for by somebody else's connection."
    assert "$5.00" not in page.content()
    assert faults_in(page) == []


def test_the_validator_finds_nothing(site, kim, path, tmp_path):
    html.keep(html.signed_in(site, kim.who), site, [path, f"/app/pay/pur_{'0' * 26}"], tmp_path)
    assert html.faults(tmp_path) == []
    assert len(list(tmp_path.glob("*.html"))) == 2
