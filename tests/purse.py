"""One organization's wallet, moved by hand; every movement is a transaction of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.db import Database
from app.domain import ledger, reversals, spend_limits, wallets
from app.domain.reversals import Granted
from app.domain.spend_limits import SpendLimit
from app.domain.wallets import Split, Standing, Wallet
from app.kit import clock, ids
from app.models.accounts import Organization
from app.models.billing import LedgerEntry
from tests.plan_begun import begin_plan

NOON = datetime(2038, 1, 10, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Purse:
    """A wallet of a new organization and the moment it lives in."""

    database: Database
    wallet: Wallet

    def grant(self, bucket: str, tokens: int, cause: str = "", now: datetime = NOON) -> bool:
        with self.database.transaction() as session:
            return ledger.grant(
                session, self.wallet, bucket, tokens, cause=self._named(cause), now=now
            )

    def plan(
        self, plan: str, start: datetime = NOON, *, cause: str = "", end: datetime | None = None
    ) -> bool:
        with self.database.transaction() as session:
            return begin_plan(
                session, self.wallet, plan, start=start, end=end or start + MONTH,
                cause=self._named(cause), now=start,
            )  # fmt: skip

    def take_back(self, granted: Granted, tokens: int, cause: str, now: datetime = NOON) -> bool:
        with self.database.transaction() as session:
            freed = reversals.reverse(
                session, self.wallet, granted, tokens, cause=self._named(cause), now=now
            )
            return freed is not None

    def put_back(self, granted: Granted, cause: str, now: datetime = NOON) -> int:
        with self.database.transaction() as session:
            return reversals.undo(session, self.wallet, granted, cause=self._named(cause), now=now)

    def freeze(self, granted: Granted, tokens: int, cause: str, now: datetime = NOON) -> int:
        with self.database.transaction() as session:
            return reversals.freeze(
                session, self.wallet, granted, tokens, cause=self._named(cause), now=now
            )

    def thaw(self, granted: Granted, tokens: int, cause: str, now: datetime = NOON) -> None:
        with self.database.transaction() as session:
            reversals.thaw(session, self.wallet, granted, tokens, cause=self._named(cause), now=now)

    def hold(
        self, tokens: int, cause: str = "", limits: Sequence[SpendLimit] = (), now: datetime = NOON
    ) -> Split:
        with self.database.transaction() as session:
            return ledger.hold(
                session, self.wallet, tokens, cause=self._named(cause), limits=limits, now=now
            )

    def settle(self, cause: str, delivered: int, now: datetime = NOON) -> int:
        with self.database.transaction() as session:
            return ledger.settle(
                session, self.wallet, cause=self._named(cause), delivered=delivered, now=now
            )

    def standing(self, now: datetime = NOON) -> Standing:
        with self.database.reading() as session:
            return wallets.standing(session, self.wallet, now)

    def limit(self, tokens: int | None, kind: str = "key") -> SpendLimit:
        """A limit on what a key or app of this organization spends in NOON's month."""
        subject = f"{kind}:{self.wallet.organization_id}"
        return SpendLimit(subject, kind, clock.month_start(NOON), tokens)

    def used(self, limit: SpendLimit) -> int:
        with self.database.reading() as session:
            return spend_limits.used(session, limit, self.wallet.book)

    def entries(self, cause: str) -> dict[tuple[str, str], int]:
        """Tokens a cause moved, by kind and bucket."""
        return self.entries_of(self._named(cause))

    def entries_of(self, cause: str) -> dict[tuple[str, str], int]:
        """The same for a cause the ledger names itself."""
        statement = (
            select(LedgerEntry.kind, LedgerEntry.bucket, func.sum(LedgerEntry.tokens))
            .where(LedgerEntry.cause == cause)
            .group_by(LedgerEntry.kind, LedgerEntry.bucket)
        )
        with self.database.reading() as session:
            return {(kind, bucket): int(sum_) for kind, bucket, sum_ in session.execute(statement)}

    @contextmanager
    def untouched(self, now: datetime = NOON) -> Iterator[None]:
        """Whatever happens inside, the standing stays as it was."""
        before = self.standing(now)
        yield
        assert self.standing(now) == before

    def _named(self, cause: str) -> str:
        """Causes are the installation's; here each organization has its own."""
        return f"{cause or ids.new('test')}:{self.wallet.organization_id}"


def purse(database: Database, book: str = "live", mode: str = "simulated") -> Purse:
    """The purse of a new organization."""
    organization = Organization(id=ids.new("org"), name="Purse", created_at=clock.now())
    with database.transaction() as session:
        session.add(organization)
    return Purse(database, Wallet(organization.id, book, mode))
