"""A plan at Stripe, month after month: a browser on our pages and on Stripe's, an agent beside."""

import json
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from app.models.accounts import User
from tests.billing.world import World
from tests.browser.test_at_stripe import Site, sold, tab
from tests.browser.test_connecting import _signed_in
from tests.fake_stripe.process import fake_stripe_process

__all__ = ["fake_stripe_process", "sold", "tab"]

HELLO = {
    "content_type": "text",
    "content": "Hello, world",
    "detail": "snapshot",
    "persona_count": 10,
}
HOURS = 2 / 24  # a renewal's invoice is a draft for one
MONTH = 33  # the longest, and the day for which a schedule stands after a change


class Walk:
    """An owner in front of our pages and Stripe's, and an agent with their key."""

    def __init__(self, world: World, page: Page) -> None:
        self.world, self.page = world, page
        with world.services.transaction() as session:  # only whoever is confirmed buys
            session.get_one(User, world.who.user_id).email_verified_at = world.now
        self.signs_in()

    def signs_in(self) -> None:
        with self.world.in_time():
            _signed_in(Site(self.world.services), self.page, self.world.who)

    def at(self, path: str) -> Page:
        with self.world.in_time():
            self.page.goto(path)
        return self.page

    def press(self, name: str, *, stripe: bool = False) -> None:
        with self.world.in_time():
            self.page.get_by_role("button", name=name).first.click()
            if stripe:
                self.page.wait_for_url(f"{self.world.fake.base}/**")

    def calls(self, tool: str, **given) -> tuple[int, dict]:
        """The status and the answer of a tool, called over REST."""
        request = urllib.request.Request(
            f"{self.world.services.settings.base_url}/api/v1/{tool}",
            json.dumps(given).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.world.who.key}"},
        )
        with self.world.in_time():
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as refused:
                with refused:
                    return refused.code, json.load(refused)

    def runs(self, people: int) -> None:
        status, begun = self.calls("test", **{**HELLO, "persona_count": people})
        assert status == 200, begun
        self.world.work()

    def months_later(self, days: float) -> None:
        self.world.pass_days(days + HOURS)
        self.world.hear()
        self.signs_in()

    @property
    def plan(self) -> str:
        return self.calls("account")[1]["plan"]


@pytest.fixture
def walk(sold, tab):
    return Walk(sold, tab)


def test_a_plan_is_used_up_topped_up_paid_back_and_ends_with_its_periods(walk):
    subscribes(walk)
    meets_the_cap_and_tops_up(walk)
    gets_a_pack_back(walk)
    goes_up_now_and_down_with_the_period(walk)
    cancels_in_the_portal_and_it_ends(walk)


def subscribes(walk):
    walk.at("/app/billing")
    walk.press("Choose Starter", stripe=True)
    walk.page.get_by_role("button").first.click()
    expect(walk.page.get_by_text("Confirming the payment")).to_be_visible()
    back = walk.page.url
    walk.world.hear()
    expect(walk.at(back).get_by_text("4,000 tokens were added.")).to_be_visible()


def meets_the_cap_and_tops_up(walk):
    for _ in range(8):  # 4,000 included, and $20 of overage
        walk.runs(1_000)
    status, refused = walk.calls("test", **HELLO)
    assert (status, refused["error"]["code"]) == (402, "spend_cap_reached")
    page = walk.at(refused["error"]["details"]["billing_url"])
    expect(page.get_by_text("$20.00 used this period")).to_be_visible()
    _, topup = walk.calls("topup", pack="small")
    walk.at(topup["pay_url"])
    page.get_by_role("button").first.click()
    expect(page.get_by_text("Confirming the payment")).to_be_visible()
    walk.world.hear()
    walk.runs(10)


def gets_a_pack_back(walk):
    world = walk.world
    [pack] = [each for each in world.payments() if each.item == "pack:small"]
    intent = world.v1.payment_intents.retrieve(str(pack.provider_payment_id))
    world.control.refund(charge=str(intent.latest_charge), amount=100)
    world.hear()
    rows = walk.at("/app/billing/statement").get_by_role("main")
    expect(rows.get_by_text("\N{MINUS SIGN}200").first).to_be_visible()
    assert world.standing().packs == 1_000 - 10 - 200


def goes_up_now_and_down_with_the_period(walk):
    page = walk.at("/app/billing")
    with walk.world.in_time():
        page.get_by_role("link", name="Change to Pro").click()
        expect(page.get_by_text(re.compile(r"now, then \$50\.00 on"))).to_be_visible()
    walk.press("Change to Pro")
    walk.world.hear()
    expect(walk.at("/app/billing").locator(".plan[aria-current=true] h3")).to_have_text("Pro")
    with walk.world.in_time():
        page.get_by_role("link", name="Change to Starter").click()
        expect(page.get_by_text("Nothing today")).to_be_visible()
    walk.press("Change to Starter")
    walk.world.hear()
    assert walk.plan == "pro"
    walk.months_later(MONTH)
    expect(walk.at("/app/billing").locator(".plan[aria-current=true] h3")).to_have_text("Starter")
    assert walk.plan == "starter"
    assert walk.world.standing().included == 4_000


def cancels_in_the_portal_and_it_ends(walk):
    walk.at("/app/billing")
    walk.press("Payment details", stripe=True)
    walk.page.get_by_role("button", name="Cancel plan").click()
    expect(walk.page.get_by_role("button", name="Don't cancel")).to_be_visible()
    walk.world.hear()
    expect(walk.at("/app/billing").get_by_text(re.compile("Ends on"))).to_be_visible()
    walk.runs(1_000)
    walk.months_later(MONTH)
    assert walk.plan == "trial"
    assert walk.world.standing().included == 0
    page = walk.at("/app/billing")
    expect(page.get_by_role("button", name="Choose Starter")).to_be_visible()
