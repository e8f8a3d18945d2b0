"""One customer of a simulated biller, whose clock stands where it is put."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from sqlalchemy import select

from app.db import Database
from app.domain.billing import catalog
from app.domain.billing.records import Checkout, Invoice, Notice, Subscription, Wanted
from app.domain.billing.simulated.biller import SimulatedBiller
from app.kit import clock, ids
from app.models.payments import SimulatedObject

BASE = "https://polis.example"
KEYS = ("a secret of the tests alone",)
BACK = f"{BASE}/app/billing?paid=1"
USD = 1_000_000
START = datetime(2038, 1, 31, 9, 30, tzinfo=UTC)


def prices(item: str) -> tuple[str, ...]:
    return catalog.prices(None, "simulated", item)


def amounts(invoice: Invoice) -> list[tuple[str, int]]:
    return [(line.price_id, line.usd_micros) for line in invoice.lines]


class Shop:
    """Buys, and hears what the biller tells."""

    def __init__(self, database: Database, keys: tuple[str, ...] = KEYS) -> None:
        self.database, self.inbox = database, []
        self.biller = SimulatedBiller(database, keys, BASE, self._take)
        self.organization_id, self.now = ids.new("org"), START
        with self.then():
            self.customer = self.biller.customer(self.organization_id, "Kim", "kim@example.com")

    @contextmanager
    def then(self, moment: datetime | None = None, **later: float):
        """A moment, from which on the clock stands there."""
        self.now = (moment or self.now) + timedelta(**later)
        with time_machine.travel(self.now, tick=False):
            yield self.biller

    def wanted(self, item: str, purchase_id: str = "", **more) -> Wanted:
        facts = {
            "purchase_id": purchase_id or ids.new("pur"),
            "customer_id": self.customer,
            "prices": prices(item),
            "monthly": item.startswith("plan:"),
            "back_url": BACK,
            "expires_at": self.now + timedelta(hours=24),
        }
        return Wanted(**facts | more)

    def open(self, item: str, purchase_id: str = "", **more) -> Checkout:
        with self.then() as biller:
            return biller.open_checkout(self.wanted(item, purchase_id, **more))

    def buy(self, item: str) -> Checkout:
        page = self.open(item)
        with self.then() as biller:
            return biller.pay(page.id, self.now).checkout

    def subscribe(self, plan: str = "starter") -> Subscription:
        return self.biller.subscription(self.buy(f"plan:{plan}").subscription_id)

    def renew(self, moment: datetime | None = None, **later: float) -> int:
        """Have done what is due by then, whatever else the shared database holds."""
        with self.then(moment, **later) as biller:
            count = 0
            while did := biller.renew_due(self.now):
                count += did
            return count

    def invoices(self) -> list[Invoice]:
        """All of them with their lines, newest first."""
        return [self.biller.invoice(each.id) for each in self.biller.invoices(self.customer)]

    def told(self) -> list[str]:
        """The kinds of what was told since this was asked last."""
        return [each.kind for each in self.notices()]

    def notices(self) -> list[Notice]:
        """What was told of this customer; the renewals of others on the same database are not."""
        taken, self.inbox = self.inbox, []
        told = [self.biller.read(body, signature, now) for body, signature, now in taken]
        with self.database.reading() as session:
            mine = select(SimulatedObject.id).where(SimulatedObject.customer_id == self.customer)
            ids_ = set(session.scalars(mine))
        return [each for each in told if each.object_id in ids_]

    def credit(self) -> int:
        with self.database.reading() as session:
            return session.get(SimulatedObject, self.customer).body["credit_micros"]

    def _take(self, body: bytes, signature: str) -> None:
        self.inbox.append((body, signature, clock.now()))
