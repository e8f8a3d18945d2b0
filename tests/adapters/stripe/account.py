"""An account at the fake Stripe with all that we sell, our biller over it, and people who pay."""

from datetime import datetime, timedelta

import stripe

from app.adapters.stripe import StripeBiller
from app.adapters.stripe.client import Client
from app.adapters.stripe.setting_up import set_up
from app.domain.billing.records import Checkout, Subscription, Wanted
from app.kit import clock
from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import visit

MODE = "stripe_test"
BACK = "https://polis.example/app/billing"
DOLLAR = 1_000_000


class Account:
    """What tests of the adapter need of Stripe's side."""

    def __init__(self, fake: FakeStripe) -> None:
        self.fake = fake
        self.control = fake.control
        self.control.settings(own_keys_only=True)
        self.v1 = fake.client().v1  # to look, never to change
        client = Client(fake.key, MODE, api_base=fake.base)
        self.ids = {each.item: each.id for each in set_up(client) if each.item}
        self.biller = self.made()

    def made(self, mode: str = MODE, **more: object) -> StripeBiller:
        """A biller of ours on this account."""
        given = {"api_base": self.fake.base, "now": self.now, **more}
        return StripeBiller(self.fake.key, (("whsec_ours", mode),), mode, **given)

    def now(self) -> datetime:
        """The moment at Stripe."""
        return clock.from_milliseconds(self.control.now()["now"] * 1000)

    def pass_days(self, days: int, hours: int = 0) -> None:
        """Move Stripe's clock."""
        self.control.advance(seconds=days * 86400 + hours * 3600)

    def prices(self, item: str) -> tuple[str, ...]:
        """What an item is sold at, with a plan the price of its overage."""
        kind, _, name = item.partition(":")
        names = (item, f"overage:{name}") if kind == "plan" else (item,)
        return tuple(self.ids[each] for each in names)

    def customer(self, organization_id: str = "org_1") -> str:
        """An organization as a customer."""
        return self.biller.customer(organization_id, "Ada's", "ada@example.com")

    def wanted(self, item: str, customer_id: str, **more: object) -> Wanted:
        """A page for an item, as the domain asks for it."""
        facts = {
            "purchase_id": "pur_1",
            "customer_id": customer_id,
            "prices": self.prices(item),
            "monthly": item.startswith("plan:"),
            "back_url": BACK,
            "expires_at": self.now() + timedelta(hours=2),
            **more,
        }
        return Wanted(**facts)

    def opened(self, item: str, customer_id: str = "", **more: object) -> Checkout:
        """A page to pay at."""
        return self.biller.open_checkout(self.wanted(item, customer_id or self.customer(), **more))

    def bought(self, item: str, customer_id: str = "", **more: object) -> Checkout:
        """A page that was paid at."""
        page = self.opened(item, customer_id, **more)
        assert visit(str(page.url), action="pay")[0] == 303
        return self.biller.checkout(page.id)

    def subscribed(self, plan: str = "starter", **more: object) -> Subscription:
        """A plan that was paid for."""
        page = self.bought(f"plan:{plan}", **more)
        return self.biller.subscription(str(page.subscription_id))

    def again(self, subscription: Subscription) -> Subscription:
        """The same as it stands now."""
        return self.biller.subscription(subscription.id)

    def calls(self, path: str, method: str = "POST") -> list[dict]:
        """What was asked at a path."""
        seen = self.control.calls()["data"]
        return [each for each in seen if (each["method"], each["path"]) == (method, path)]

    def bills(self, subscription: Subscription) -> list[stripe.Invoice]:
        """Newest first, as Stripe has them."""
        return self.v1.invoices.list({"subscription": subscription.id, "limit": 100}).data

    def charge_of(self, payment_id: str) -> str:
        """The charge behind a payment."""
        return str(self.v1.payment_intents.retrieve(payment_id).latest_charge)
