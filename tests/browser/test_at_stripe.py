"""Buttons that lead to Stripe's pages, in a browser that holds us to our own policy."""

import time

import pytest
from playwright.sync_api import expect

from app.kit import clock
from tests.billing.world import selling
from tests.browser.looks import Complaints
from tests.browser.test_connecting import _signed_in
from tests.factories import member
from tests.fake_stripe.process import fake_stripe_process

__all__ = ["fake_stripe_process"]


class Site:
    """What the helpers of other pages know of an installation."""

    def __init__(self, services):
        self.services, self.base = services, services.settings.base_url


@pytest.fixture
def sold(copies, tmp_path, fake_stripe_process):
    fake_stripe_process.control.reset(now=int(time.time()))
    with selling(copies.fresh("sqlite", tmp_path), tmp_path, fake_stripe_process) as world:
        yield world


@pytest.fixture
def tab(chromium, sold):
    """A tab of an owner; what the browser complains of on our own pages fails the test."""
    complaints = Complaints()
    context = chromium.new_context(base_url=sold.services.settings.base_url)
    page = context.new_page()
    complaints.of(page)
    yield page
    context.close()
    assert [each for each in complaints if sold.fake.base not in str(each)] == []


def test_buying_in_the_dashboard_leads_to_stripe_and_back(sold, tab):
    who = _signed_in(Site(sold.services), tab, member(sold.services, verified=True))
    tab.goto("/app/billing")
    tab.get_by_role("button", name="Choose Starter").click()
    tab.wait_for_url(f"{sold.fake.base}/**")
    tab.get_by_role("button").first.click()
    expect(tab.get_by_text("Confirming the payment")).to_be_visible()
    tab.goto("/app/billing")
    tab.get_by_role("button", name="Payment details").click()
    tab.wait_for_url(f"{sold.fake.base}/**")
    assert who.organization_id


def test_a_pay_link_leads_to_stripe_and_back(sold, tab):
    link = sold.services.links.pay(sold.who.organization_id, "pack:small", clock.now())
    tab.goto(link)
    tab.get_by_role("button", name="Go to checkout").click()
    tab.wait_for_url(f"{sold.fake.base}/**")
    tab.get_by_role("button").first.click()
    expect(tab.get_by_text("Confirming the payment")).to_be_visible()
