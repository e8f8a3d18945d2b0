"""What tests sell: two plans with metered overage, a pack, customers with cards."""

import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import stripe

from tests.fake_stripe.process import FakeStripe

DAY = 86400
METER = {
    "display_name": "Tokens over",
    "event_name": "tokens_over",
    "default_aggregation": {"formula": "sum"},
}


class Shop:
    """An account set up to sell."""

    def __init__(self, fake: FakeStripe) -> None:
        self.fake = fake
        self.control = fake.control
        self.v1 = fake.client().v1

    def plan(self, name: str = "Starter", amount: int = 2000) -> stripe.Price:
        """A monthly price of a new product."""
        product = self.v1.products.create({"name": name})
        return self.v1.prices.create(
            {
                "product": product.id,
                "currency": "usd",
                "unit_amount": amount,
                "recurring": {"interval": "month"},
            }
        )

    def pack(self, amount: int = 500) -> stripe.Price:
        """A price that is paid once."""
        product = self.v1.products.create({"name": "Small pack"})
        return self.v1.prices.create(
            {"product": product.id, "currency": "usd", "unit_amount": amount}
        )

    def metered(self, cents: str = "0.5") -> stripe.Price:
        """A price by the meter, in cents a token."""
        meters = self.v1.billing.meters
        meter = next(iter(meters.list().data), None) or meters.create(METER)
        product = self.v1.products.create({"name": f"Overage at {cents}"})
        recurring = {"interval": "month", "usage_type": "metered", "meter": meter.id}
        return self.v1.prices.create(
            {
                "product": product.id,
                "currency": "usd",
                "unit_amount_decimal": cents,
                "recurring": recurring,
            }
        )

    def customer(self, card: str | None = "pm_card_visa", **facts: Any) -> stripe.Customer:
        """A customer, with a card that pays unless another is named."""
        customer = self.v1.customers.create({"email": "ada@example.com", **facts})
        if card:
            self.give_card(customer.id, card)
        return customer

    def give_card(self, customer: str, token: str) -> None:
        """Attach a card and let it pay by itself."""
        card = self.v1.payment_methods.attach(token, {"customer": customer})
        self.v1.customers.update(
            customer, {"invoice_settings": {"default_payment_method": card.id}}
        )

    def subscribed(self, *prices: stripe.Price, **more: Any) -> stripe.Subscription:
        """A subscription to prices, of a new customer unless one is named."""
        customer = more.pop("customer", None) or self.customer().id
        items = [{"price": price.id} for price in prices]
        return self.v1.subscriptions.create({"customer": customer, "items": items, **more})

    def session(self, price: stripe.Price, mode: str = "payment", **more: Any) -> Any:
        """A Checkout session for one of a price."""
        return self.v1.checkout.sessions.create(
            {
                "mode": mode,
                "line_items": [{"price": price.id, "quantity": 1}],
                "success_url": "http://shop.test/paid?session={CHECKOUT_SESSION_ID}",
                "cancel_url": "http://shop.test/back",
                **more,
            }
        )

    def use(self, customer: str, tokens: int, identifier: str, **more: Any) -> Any:
        """Report tokens over the plan."""
        payload = {"stripe_customer_id": customer, "value": str(tokens)}
        return self.v1.billing.meter_events.create(
            {
                "event_name": "tokens_over",
                "payload": payload,
                "identifier": identifier,
                "timestamp": self.control.now()["now"],
                **more,
            }
        )

    def pass_days(self, days: float) -> None:
        """Move the clock."""
        self.control.advance(seconds=int(days * DAY))

    def events(self, *, since: int = 0) -> list[str]:
        """The types of all events, oldest first."""
        found = list(self.v1.events.list({"limit": 100}).auto_paging_iter())
        return [event.type for event in reversed(found)][since:]

    def status(self, subscription: stripe.Subscription) -> str:
        """The subscription's status as it is now."""
        return self.v1.subscriptions.retrieve(subscription.id).status

    def invoices(self, subscription: stripe.Subscription) -> list[stripe.Invoice]:
        """Newest first."""
        return self.v1.invoices.list({"subscription": subscription.id, "limit": 100}).data


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def visit(url: str, **sent: str) -> tuple[int, str, str]:
    """Open a hosted page, or press one of its buttons: status, page, where it leads."""
    body = urllib.parse.urlencode(sent).encode() if sent else None
    opener = urllib.request.build_opener(_Stay)
    try:
        with opener.open(url, body, timeout=20) as answer:
            return answer.status, answer.read().decode(errors="replace"), ""
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode(), answer.headers.get("Location", "")
