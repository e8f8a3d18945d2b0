"""Dealings with the payment provider: it is asked between transactions, never within one."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.db import Database
from app.domain import owners
from app.domain.billing import (
    accounts,
    bought,
    catalog,
    closing,
    granting,
    notices,
    purchases,
    returning,
    scene,
    standing,
    winding,
)
from app.domain.billing.biller import BadNotice, Biller, BillerAway, NoSuchObject
from app.domain.billing.records import Checkout, Invoice, Subscription, Wanted
from app.domain.billing.scene import Scene
from app.domain.wallets import Wallet
from app.models.accounts import Organization
from app.models.billing import Purchase
from app.models.payments import BillingAccount

_TRIES = 8  # each time another worker wrote what it had read meanwhile


class Till:
    """Reads the provider and applies what it says; one fence an account keeps readers in order."""

    def __init__(
        self,
        database: Database,
        transaction: Callable[[], AbstractContextManager[Session]],
        biller: Biller,
    ) -> None:
        self.database = database
        self.transaction = transaction
        self.biller = biller

    @property
    def mode(self) -> str:
        """Whose money it is."""
        return self.biller.mode

    def customer(self, organization_id: str) -> str:
        """The organization as the provider's customer, made if need be."""
        with self.database.reading() as session:
            account = accounts.of(session, organization_id, self.mode)
            organization = session.get_one(Organization, organization_id)
            name, claim = organization.name, organization.claim_email
            address = next(iter(owners.addresses(session, organization_id)), claim)
        if account is not None and account.customer_id is not None:
            self.biller.rename(account.customer_id, name, address)  # owners come and go
            return account.customer_id
        made = self.biller.customer(organization_id, name, address)
        with self.transaction() as session:
            account = accounts.locked(session, organization_id, self.mode)
            account.customer_id = account.customer_id or made
            return account.customer_id

    def offer(self, organization_id: str, item: str, now: datetime, *, by_owner: bool) -> str:
        """The purchase of an item somebody may now pay for: an open one, else a new one."""
        wallet = Wallet(organization_id, "live", self.mode)
        with self.transaction() as session:
            purchases.buyer(session, organization_id)  # before it is looked for: two may look
            kept = purchases.open_one(session, wallet, item, now, by_owner=by_owner)
            if kept is not None:
                return kept
            return purchases.offer(session, wallet, item, now, by_owner=by_owner).id

    def purchase(self, purchase_id: str) -> Purchase:
        """A purchase as it is written down."""
        with self.database.reading() as session:
            return purchases.of(session, purchase_id)

    def page(self, purchase_id: str, back_url: str) -> Checkout:
        """The page of a purchase; asked for again, it is the same one."""
        with self.database.reading() as session:
            purchase = purchases.of(session, purchase_id)
            whose = session.get(Organization, purchase.organization_id)
            purchases.require_selling_to(whose)
            prices = catalog.prices(session, self.mode, purchase.item)
        if purchase.checkout_id is not None:
            return self.biller.checkout(purchase.checkout_id)
        wanted = Wanted(
            purchase_id=purchase_id,
            customer_id=self.customer(purchase.organization_id),
            prices=prices,
            monthly=purchase.item.startswith("plan:"),
            back_url=back_url,
            expires_at=purchase.expires_at,
            cards_only=not purchase.by_owner,
        )
        opened = self.biller.open_checkout(wanted)
        with self.transaction() as session:
            purchases.of(session, purchase_id).checkout_id = opened.id
        return opened

    def close(self, checkout_ids: Sequence[str], now: datetime) -> None:
        """Have nobody pay at these pages any more; what is paid or on its way stays as it is.

        Raises BillerAway where one could not be closed, after all were tried.
        """
        done = closing.close(self.biller, checkout_ids)
        self.over(done.ids, now)
        if done.refusal is not None:
            raise done.refusal

    def over(self, checkout_ids: Sequence[str], now: datetime) -> None:
        """Write down that these pages sell nothing any more."""
        if checkout_ids:
            with self.transaction() as session:
                purchases.over(session, checkout_ids, now)

    def receive(self, body: bytes, signature: str, now: datetime) -> None:
        """Keep a notice of the provider and have it applied; BadNotice where it is none."""
        try:
            notice = self.biller.read(body, signature, now)
        except BadNotice as bad:
            if bad.notice is not None:
                with self.transaction() as session:
                    notices.refuse(session, bad.notice, bad.message, now)
            raise
        with self.transaction() as session:
            notices.take(session, notice, now)

    def refresh(self, organization_id: str, now: datetime) -> None:
        """Read everything of an organization again and apply it."""
        with self.database.reading() as session:
            account = accounts.of(session, organization_id, self.mode)
            customer_id = account.customer_id if account else None
        if customer_id is not None:
            self.apply("customer", customer_id, now)

    def apply(self, subject: str, object_id: str, now: datetime) -> str | None:
        """Read what a notice is about, and what belongs to it; says why where nothing came of it.

        Raises BillerAway where the provider does not answer: then it is read another time.
        """
        try:
            customer_id = self._whose(subject, object_id)
        except NoSuchObject:
            return "The provider knows nothing by this id."
        for _ in range(_TRIES):
            place = self._place(customer_id, subject, object_id)
            if not customer_id or not place:
                return "It is of no customer of ours."
            if self._applied(place, self._scene(customer_id, subject, object_id), now):
                return None
        raise BillerAway("The account changed each time it was read.")

    def _place(self, customer_id: str | None, subject: str, object_id: str) -> "_Place | None":
        """Whose it is; money that goes back finds its payment though its customer was deleted."""
        with self.database.reading() as session:
            account = customer_id and accounts.by_customer(session, customer_id, self.mode)
            if not account and subject == "payment":
                account = bought.whose(session, self.mode, object_id)
            return _Place(account.organization_id, account.version) if account else None

    def _applied(self, place: "_Place", found: Scene, now: datetime) -> bool:
        """Whether nobody wrote since the scene was read; what one wrote may be newer than ours."""
        second = scene.to_be_ended(found)
        for subscription_id in second:
            self.biller.end_now(subscription_id, refund=True)
        if second:
            return False
        with self.transaction() as session:
            account = accounts.locked(session, place.organization_id, self.mode)
            if account.version != place.version:
                return False
            account.version += 1
            _write(session, account, found, now)
            others = purchases.open_pages(session, account, now)
        self.close(others, now)  # a plan lives: nobody shall pay for a second one
        return True

    def _whose(self, subject: str, object_id: str) -> str | None:
        if subject == "customer":
            return object_id
        if subject == "payment":
            return self.biller.paid(object_id).customer_id
        read: Callable[[str], Checkout | Invoice | Subscription] = getattr(self.biller, subject)
        return read(object_id).customer_id

    def _scene(self, customer_id: str, subject: str, object_id: str) -> Scene:
        biller = self.biller
        try:
            subscriptions = tuple(biller.subscriptions(customer_id))
        except NoSuchObject:
            back = (biller.paid(object_id),) if subject == "payment" else ()
            return Scene(customer_id, (), payments=back, gone=True)
        pages = (biller.checkout(object_id),) if subject == "checkout" else ()
        wanted = [object_id] if subject == "invoice" else []
        wanted += [page.invoice_id for page in pages if page.subscription_id and page.invoice_id]
        if subject == "customer":
            wanted += self._not_yet_known(customer_id)
        invoices = tuple(map(biller.invoice, wanted))
        ids = {object_id} if subject == "payment" else set()
        ids |= {page.payment_id for page in pages if page.payment_id}
        ids |= {each.payment_id for each in invoices if each.payment_id}
        return Scene(
            customer_id, subscriptions, pages, invoices, tuple(map(biller.paid, sorted(ids)))
        )

    def _not_yet_known(self, customer_id: str) -> list[str]:
        """Paid invoices whose notice never came."""
        all_ = self.biller.invoices(customer_id)
        paid = [each.id for each in all_ if each.status == "paid" and each.subscription_id]
        with self.database.reading() as session:
            return bought.unknown(session, self.mode, paid)


class _Place(NamedTuple):
    organization_id: str
    version: int


def _write(session: Session, account: BillingAccount, found: Scene, now: datetime) -> None:
    """All that follows from a scene, in one transaction."""
    wallet = Wallet(account.organization_id, "live", account.mode)
    if found.gone:
        account.customer_id = None
    second = {each.id for each in scene.seconds(found.subscriptions)}
    known = {each.id: each for each in found.subscriptions}
    for page in found.checkouts:
        granting.pack(session, wallet, page, now)
        granting.completed(session, page, now, returned=page.subscription_id in second)
    for invoice in sorted(found.invoices, key=lambda each: each.made_at):
        plan = known.get(invoice.subscription_id or "")
        if plan is not None and plan.id not in second:
            granting.allotment(session, wallet, invoice, plan, now)
    for paid in found.payments:
        for kept in bought.by_payment(session, account.mode, paid.id):
            returning.apply(session, wallet, kept, paid, now)
    if over := [page.id for page in found.checkouts if page.over]:
        purchases.over(session, over, now)
    standing.settle(session, account, wallet, found, now)
    winding.catch_up(session, account, now)
