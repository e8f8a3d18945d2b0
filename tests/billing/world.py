"""An installation that sells through the fake Stripe: real SDK, real webhook, one worker.

Stripe's clock is moved by hand and stands for everybody's.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import BaseWSGIServer, make_server

from app import bootstrap
from app.adapters.stripe.client import Client
from app.adapters.stripe.notices import EVENTS
from app.adapters.stripe.setting_up import set_up
from app.bootstrap import Services
from app.domain.billing import catalog, opening, returned
from app.domain.billing.biller import PaymentDeclined
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.billing import Balance, LedgerEntry, Purchase
from app.models.payments import BillingAccount, CatalogEntry, Debt, Payment, PaymentEvent
from app.models.work import Work
from app.web import create_app
from tests import invariants
from tests.books import Books
from tests.factories import Member, member, settings_for
from tests.fake_stripe.process import FakeStripe
from tests.fake_stripe.selling import visit
from tests.fakes import SpyQueue, work_off
from tests.serving import Quiet, serving

MODE = "stripe_test"
NOON = (
    1_927_627_200  # 31 January 2031, 12:00 UTC: ahead of every clock, and the next month is shorter
)
DAY = 86_400
_OWN = re.compile(r"\b(org|pay|end)_[0-9a-z]{26}\b")


class World(Books):
    """One organization, one Stripe."""

    declined = PaymentDeclined

    def __init__(self, services: Services, fake: FakeStripe, server: BaseWSGIServer) -> None:
        self.services, self.fake, self.control = services, fake, fake.control
        self.server = server
        self.v1 = fake.client().v1  # to look, never to change
        with self.in_time():
            self.who: Member = member(services)
        self.wallet = Wallet(self.who.organization_id, "live", MODE)

    @property
    def now(self) -> datetime:
        """The moment at Stripe."""
        return clock.from_milliseconds(self.control.now()["now"] * 1000)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        with time_machine.travel(self.now, tick=False):
            yield

    def pay_two_plans(self) -> tuple[str, str]:
        """Pay at the pages of two plans, a minute apart; gives both, in their order."""
        first, second = self.open("plan:starter"), self.open("plan:pro")
        self.press(first)
        self.control.advance(seconds=60)
        self.press(second)
        self.hear()
        self.hear()
        return first, second

    def pass_days(self, days: float) -> None:
        self.control.advance(seconds=int(days * DAY))

    def open(self, item: str, *, by_owner: bool = True) -> str:
        """Offer an item; gives the id of Stripe's page."""
        till, whose = self.services.till, self.who.organization_id
        with self.in_time():
            return opening.page(
                till, whose, item, self.now, by_owner=by_owner,
                back=lambda _id, _ends: "http://127.0.0.1/back",
            ).id  # fmt: skip

    def press(self, page_id: str, action: str = "pay") -> None:
        """Do something at Stripe's page."""
        url = self.v1.checkout.sessions.retrieve(page_id).url
        assert visit(str(url), action=action)[0] == 303

    def buy(self, item: str) -> str:
        page_id = self.open(item)
        self.press(page_id)
        return page_id

    def v1_pay(self, invoice_id: str) -> None:
        """Somebody pays an open invoice at Stripe's page of it."""
        url = self.v1.invoices.retrieve(invoice_id).hosted_invoice_url
        assert visit(str(url), action="pay")[0] == 303

    def returned(self) -> str:
        """What whoever bought last is told when they come back."""
        its = self.services
        with its.database.reading() as session:
            newest = select(Purchase.id).order_by(Purchase.created_at.desc(), Purchase.id.desc())
            purchase_id = session.scalars(newest).first()
        with self.in_time():
            return returned.state(its.till, str(purchase_id), self.now)

    def hear(self) -> None:
        """All that Stripe has to tell, in order, and applied."""
        self.deliver()
        self.work()

    @contextmanager
    def knowing(self, secret: str) -> Iterator[None]:
        """The same installation, told of another signing secret beside its own."""
        kept = self.server.app
        settings = self.services.settings
        more = {"stripe_webhook_secret": (*settings.stripe_webhook_secret, secret)}
        told = replace(self.services, settings=settings.model_copy(update=more))
        self.server.app = create_app(told)
        try:
            yield
        finally:
            self.server.app = kept

    def deliver(self, **facts: object) -> list[dict]:
        """Send what waits, signed at Stripe's time and taken at it; gives what was answered."""
        with self.in_time():
            given = {"at": self.control.now()["now"], **facts}
            return self.control.deliver(**given)["sent"]

    def work(self) -> None:
        with self.in_time():
            work_off(self.services)

    def change_now(self, plan: str) -> None:
        with self.in_time():
            self.services.biller().change_now(self.subscription_id, self.prices(plan), self.now)

    def change_at_end(self, plan: str) -> None:
        with self.in_time():
            self.services.biller().change_at_end(self.subscription_id, self.prices(plan))

    def sell_overage(self, plan: str, usd_micros: int) -> str:
        """Stripe's price of a plan's overage becomes another; gives the one it had."""
        item = f"overage:{plan}"
        with self.services.transaction() as session:
            before = catalog.provider_id(session, MODE, item)
            meter = catalog.provider_id(session, MODE, catalog.METER)
        recurring = {"interval": "month", "usage_type": "metered", "meter": meter}
        params = {
            "product": f"polis_overage_{plan}", "currency": "usd", "recurring": recurring,
            "unit_amount_decimal": Decimal(usd_micros).scaleb(-4),
        }  # fmt: skip
        made = self.v1.prices.create(params, {"idempotency_key": f"{item}:{usd_micros}"}).id
        with self.services.transaction() as session:
            catalog.replace(session, MODE, {item: made}, clock.now())
            session.get_one(CatalogEntry, (MODE, made)).usd_micros = usd_micros
        return before

    def sell_again(self, item: str, price_id: str) -> None:
        """An item is sold at a price of before; whoever subscribed meanwhile keeps theirs."""
        with self.services.transaction() as session:
            catalog.replace(session, MODE, {item: price_id}, clock.now())

    def usage_waiting(self) -> list[Work]:
        """Overage that Stripe is still to be told of."""
        open_ = Work.kind == "report_usage", Work.ended_at.is_(None)
        with self.services.database.reading() as session:
            return list(session.scalars(select(Work).where(*open_)))

    @property
    def customer_id(self) -> str:
        account = self.account()
        assert account is not None
        return str(account.customer_id)

    @property
    def subscription_id(self) -> str:
        """The one that lives at Stripe, whether we heard of it or not."""
        found = self.v1.subscriptions.list({"customer": self.customer_id}).data
        return str(found[-1].id)

    def notices(self) -> list[PaymentEvent]:
        with self.services.database.reading() as session:
            return list(session.scalars(select(PaymentEvent).order_by(PaymentEvent.id)))

    def charge_of(self, page_id: str) -> str:
        """The charge that paid a page, or the first invoice of its subscription."""
        page = self.services.biller().checkout(page_id)
        payment_id = page.payment_id
        if payment_id is None:
            payment_id = self.services.biller().invoice(str(page.invoice_id)).payment_id
        return str(self.v1.payment_intents.retrieve(str(payment_id)).latest_charge)

    def digest(self) -> dict[str, object]:
        """All that is to be the same whatever the notices went through."""
        with self.services.database.reading() as session:
            balance = session.get_one(Balance, (self.who.organization_id, "live", MODE))
            account = session.get_one(BillingAccount, (self.who.organization_id, MODE))
            return {
                "balance": _columns(balance, {"organization_id"}),
                "entries": _entries(session),
                "account": _columns(account, {"organization_id", "version", "created_at"}),
                "payments": sorted(
                    str(_columns(each, {"id", "organization_id", "paid_at"}))
                    for each in session.scalars(select(Payment))
                ),
                "debts": sorted(
                    str(_columns(each, {"organization_id", "created_at"}))
                    for each in session.scalars(select(Debt))
                ),
            }


def _entries(session: Session) -> list[str]:
    """Every single entry; an id of our own is another one each time, and says only its kind."""
    facts = ("kind", "bucket", "tokens", "usd_micros", "cause", "period_start")
    return sorted(
        _OWN.sub(r"\1_", str([getattr(each, name) for name in facts]))
        for each in session.scalars(select(LedgerEntry))
    )


def _columns(row: object, without: set[str]) -> dict[str, object]:
    names = [column.key for column in row.__table__.columns]
    return {name: getattr(row, name) for name in names if name not in without}


@contextmanager
def selling(database_url: str, folder: Path, fake: FakeStripe) -> Iterator[World]:
    """The installation, reachable for Stripe's notices; every balance is checked at the end."""
    server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True, request_handler=Quiet)
    with serving(server):
        yield from _selling(server, database_url, folder, fake)


def _selling(
    server: BaseWSGIServer, database_url: str, folder: Path, fake: FakeStripe
) -> Iterator[World]:
    base = f"http://127.0.0.1:{server.server_port}"
    endpoint = fake.client().v1.webhook_endpoints.create(
        {"url": f"{base}/webhooks/stripe", "enabled_events": list(EVENTS)},
        {"idempotency_key": f"endpoint:{base}"},
    )
    settings = settings_for(
        database_url, folder, base_url=base, stripe_secret_key=fake.key,
        stripe_webhook_secret=(endpoint.secret,), stripe_api_base=fake.base,
    )  # fmt: skip
    built = bootstrap.build(settings)
    bootstrap.check(built)
    services = replace(built, send=SpyQueue())
    made = set_up(Client(fake.key, MODE, api_base=fake.base))
    with services.transaction() as session:
        ids = {each.item: each.id for each in made if each.item}
        catalog.replace(session, MODE, ids, clock.now())
    server.app = create_app(services)
    try:
        yield World(services, fake, server)
        invariants.check(services.database)
    finally:
        services.database.dispose()
