"""One organization's books: what it spends, what it has, how it stands with the provider."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import select

from app.bootstrap import Services
from app.domain import ledger, wallets
from app.domain.billing import catalog
from app.domain.wallets import Standing, Wallet
from app.models.payments import BillingAccount, Payment


class Books(ABC):
    """Whoever buys in a test says which services, which wallet and what time it is."""

    services: Services
    wallet: Wallet
    now: datetime
    _runs = 0

    @abstractmethod
    def in_time(self) -> AbstractContextManager[object]:
        """The clock stands at `now`."""

    def prices(self, plan: str) -> tuple[str, ...]:
        """What the provider calls the prices of a plan."""
        with self.services.database.reading() as session:
            return catalog.prices(session, self.wallet.mode, f"plan:{plan}")

    def spend(self, tokens: int, delivered: int | None = None) -> None:
        """A run of so many tokens from start to end."""
        self.settle(self.hold(tokens), tokens if delivered is None else delivered)

    def hold(self, tokens: int) -> str:
        """Begin a run; gives its cause."""
        self._runs += 1
        cause = f"run:{self._runs}:{self.wallet.organization_id}"
        with self.in_time(), self.services.transaction() as session:
            ledger.hold(session, self.wallet, tokens, cause=cause, limits=(), now=self.now)
        return cause

    def settle(self, cause: str, delivered: int) -> None:
        """End it."""
        with self.in_time(), self.services.transaction() as session:
            ledger.settle(session, self.wallet, cause=cause, delivered=delivered, now=self.now)

    def standing(self) -> Standing:
        with self.services.database.reading() as session:
            return wallets.standing(session, self.wallet, self.now)

    @property
    def figures(self) -> tuple:
        """Plan, status, and what is left in included and packs."""
        its = self.standing()
        return its.plan, its.status, its.included, its.packs

    def account(self) -> BillingAccount | None:
        with self.services.database.reading() as session:
            key = (self.wallet.organization_id, self.wallet.mode)
            return session.get(BillingAccount, key)

    def payments(self) -> list[Payment]:
        with self.services.database.reading() as session:
            mine = Payment.organization_id == self.wallet.organization_id
            return list(session.scalars(select(Payment).where(mine).order_by(Payment.id)))
