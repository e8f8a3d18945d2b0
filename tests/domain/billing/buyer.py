"""An organization that buys on the simulated biller, with a worker at hand and a clock of its own."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine

from app.bootstrap import Services
from app.domain.wallets import Wallet
from app.kit import clock
from app.worker import accounting
from tests.books import Books
from tests.factories import Member, member
from tests.fakes import work_off

BEGAN = datetime(2038, 1, 10, 12, tzinfo=UTC)
BACK = "http://127.0.0.1:8000/app/billing"


class Buyer(Books):
    """Buys, spends and comes back later; whatever is told meanwhile is applied by a worker."""

    def __init__(self, services: Services) -> None:
        self.services, self.now = services, BEGAN
        with self.at():
            self.who: Member = member(services)
        self.wallet = Wallet(self.who.organization_id, "live", services.settings.payment_mode)

    @contextmanager
    def at(self, moment: datetime | None = None, **later: float):
        self.now = (moment or self.now) + timedelta(**later)
        with time_machine.travel(self.now, tick=False):
            yield self

    def in_time(self):
        return self.at()

    def renews(self, began: datetime) -> None:
        """The month after it is over, its renewal is billed, paid and heard of."""
        with self.at(clock.month_after(began), minutes=1):
            accounting.all_of_it(self.services)
        self.work()

    def buy(self, item: str, *, by_owner: bool = True, heard: bool = True) -> str:
        """Offer, pay, and let the worker hear of it if it shall; gives the page's id."""
        till = self.services.till
        with self.at():
            organization_id = self.who.organization_id
            purchase_id = till.offer(organization_id, item, self.now, by_owner=by_owner)
            page = till.page(purchase_id, BACK)
            till.biller.pay(page.id, self.now)
        if heard:
            self.work()
        return page.id

    def work(self) -> None:
        with self.at():
            work_off(self.services)

    def payment_of(self, page_id: str) -> str:
        """The provider's payment that paid a page."""
        return str(self.services.till.biller.checkout(page_id).payment_id)
