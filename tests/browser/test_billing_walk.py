"""A plan from its first payment to its end, in a real browser, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from app.domain import ledger
from app.domain.wallets import Wallet
from app.kit import clock, ids
from tests.browser.test_connecting import NO_SCRIPT, _signed_in
from tests.tools.installation import HELLO

WITH_SCRIPT = {"viewport": {"width": 1280, "height": 800}}


class Payer:
    """An owner in front of billing, and the agent that spends their tokens."""

    def __init__(self, site, page):
        self.site, self.page = site, page
        self.who = _signed_in(site, page)
        self.agent = site.as_(self.who)
        self.wallet = Wallet(self.who.organization_id, "live", "simulated")

    def press(self, name, **more):
        self.page.get_by_role("main").get_by_role("button", name=name, **more).first.click()

    def works(self):
        self.site.work_off()

    def spend(self, tokens):
        """A run of so many tokens, begun and ended."""
        cause, services = ids.new("run"), self.site.services
        with services.transaction() as session:
            ledger.hold(
                session, self.wallet, tokens, cause=f"run:{cause}", limits=(), now=clock.now()
            )
        with services.transaction() as session:
            ledger.settle(
                session, self.wallet, cause=f"run:{cause}", delivered=tokens, now=clock.now()
            )

    def subscribe(self):
        page = self.page
        page.goto("/app/billing")
        self.press("Choose Starter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Polis plan starter")
        self.press("Decline")
        expect(page.get_by_text("The card was declined.")).to_be_visible()
        self.press("Pay", exact=True)
        expect(page.get_by_text("Confirming the payment")).to_be_visible()
        self.works()
        page.reload()
        expect(page.get_by_text("4,000 tokens were added.")).to_be_visible()

    def is_refused_at_the_cap(self):
        self.spend(self.left())
        self.spend(4_000)
        self.works()
        error = self.agent.refusal("polis_test", **HELLO)
        assert (error["code"], error["details"]["limit"]) == ("spend_cap_reached", "organization")
        self.page.goto(error["details"]["billing_url"])
        expect(self.page.get_by_text("$20.00 used this period")).to_be_visible()

    def left(self):
        account = self.agent.call("polis_account")
        names = ("included_tokens_remaining", "trial_tokens_remaining", "pack_tokens_remaining")
        return sum(account[name] for name in names)

    def tops_up_by_an_agent(self):
        page = self.page
        page.goto(self.agent.call("polis_topup", pack="small")["pay_url"])
        self.press("Pay", exact=True)
        expect(page.get_by_text("Confirming the payment")).to_be_visible()
        self.works()
        page.reload()
        expect(page.get_by_text("Paid. The tokens are there.")).to_be_visible()
        assert self.agent.call("polis_test", **HELLO)["run_id"]
        self.works()

    def gets_money_back(self):
        biller = self.site.services.biller()
        customer_id = biller.customer_of(self.who.organization_id)
        (newest, *_) = biller.invoices(customer_id)
        biller.refund(newest.payment_id, 1_000_000, ids.new("re"))
        self.works()
        self.page.goto("/app/billing/statement")
        expect(self.page.get_by_role("main").get_by_text("\N{MINUS SIGN}200").first).to_be_visible()

    def upgrades(self):
        page = self.page
        page.goto("/app/billing")
        page.get_by_role("link", name="Change to Pro").click()
        expect(page.get_by_text(re.compile(r"now, then \$50\.00 on"))).to_be_visible()
        self.press("Change to Pro")
        self.works()
        page.goto("/app/billing")
        expect(page.locator(".plan[aria-current=true] h3")).to_have_text("Pro")

    def downgrades_at_the_end(self):
        page = self.page
        page.get_by_role("link", name="Change to Starter").click()
        expect(page.get_by_text("Nothing today")).to_be_visible()
        self.press("Change to Starter")
        self.works()
        page.goto("/app/billing")
        expect(page.get_by_text(re.compile("Changes to Starter on"))).to_be_visible()
        self.press("Stay on Pro")
        self.works()

    def cancels_in_the_portal(self):
        page = self.page
        page.goto("/app/billing")
        self.press("Payment details")
        self.press("Cancel the plan")
        expect(page.get_by_text("Its tokens can be spent until then.")).to_be_visible()
        self.works()
        page.goto("/app/billing")
        expect(page.get_by_text(re.compile("Ends on"))).to_be_visible()


@pytest.mark.parametrize(
    "page",
    [pytest.param(WITH_SCRIPT, id="script"), pytest.param(NO_SCRIPT, id="no script")],
    indirect=True,
)
def test_a_plan_from_its_first_payment_to_its_end(site, page):
    payer = Payer(site, page)
    payer.subscribe()
    payer.is_refused_at_the_cap()
    payer.tops_up_by_an_agent()
    payer.gets_money_back()
    payer.upgrades()
    payer.downgrades_at_the_end()
    payer.cancels_in_the_portal()
