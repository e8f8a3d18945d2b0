"""Buying, capping, changing and cancelling in a real browser, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.browser.test_pages import LOOKS

WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}
PAGES = (
    "/app/billing", "/app/billing/cap?cap=x", "/app/billing/statement", "/app/billing/invoices",
    "/app/billing/plan?to=pro", "/app/billing/cancel",
)  # fmt: skip


def _subscribed(site, page) -> str:
    """Somebody on a plan; gives the address they came back to."""
    _signed_in(site, page)
    page.goto("/app/billing")
    page.get_by_role("button", name="Choose Starter").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    expect(page.get_by_text("Confirming the payment")).to_be_visible()
    site.work_off()
    return page.url


@pytest.mark.parametrize(
    "page",
    [pytest.param(NO_SCRIPT, id="no script"), pytest.param(WITH_SCRIPT, id="script")],
    indirect=True,
)
def test_a_plan_is_bought_capped_changed_and_cancelled(page, site, request):
    script = "no script" not in request.node.name
    _subscribed(site, page)
    if not script:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("4,000 tokens were added.")).to_be_visible(timeout=10_000)
    page.get_by_role("link", name="Billing", exact=True).last.click()

    page.get_by_label("Overage may cost at most").fill("35")
    if not script:
        page.get_by_role("button", name="What would it mean?").click()
    expect(page.get_by_text("At $35.00, tests stop after 7,000 tokens")).to_be_visible()
    page.get_by_role("button", name="Set cap").click()
    expect(page.get_by_text("The cap is set.")).to_be_visible()

    page.get_by_role("link", name="Change to Pro").click()
    expect(page.get_by_text("$30.00 now, then $50.00 on")).to_be_visible()
    expect(page.get_by_text("stays at $35.00 a period")).to_be_visible()
    page.get_by_role("button", name="Change to Pro").click()
    expect(page.get_by_text("The plan is changed.")).to_be_visible()

    page.get_by_role("link", name="Cancel plan").click()
    page.get_by_role("button", name="Cancel plan").click()
    page.get_by_role("button", name="Keep Pro").click()
    expect(page.get_by_text("The plan goes on as it is.")).to_be_visible()

    page.get_by_role("link", name="All entries").click()
    expect(page.get_by_role("row", name="Pro plan")).to_be_visible()
    page.get_by_role("link", name="Starter plan").click()
    expect(page.get_by_text("$20.00, before tax")).to_be_visible()


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_the_pages_of_billing_are_accessible_and_fit(page, site):
    back = _subscribed(site, page)
    for path in (back, *PAGES):
        page.goto(path)
        assert faults(page) == [], path
