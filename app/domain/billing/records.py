"""What a payment provider tells of, as plain records in our words; amounts in micro-dollars."""

from datetime import datetime
from typing import Literal, NamedTuple

Subject = Literal["checkout", "invoice", "subscription", "payment", "customer"]


class Notice(NamedTuple):
    """An event of the provider: a hint at what to read again, and nothing more."""

    id: str
    mode: str
    kind: str  # as the provider calls it, for the record
    made_at: datetime
    subject: Subject | None  # None: nothing we keep is touched
    object_id: str | None


class Wanted(NamedTuple):
    """A page where somebody can pay, as it is asked for."""

    purchase_id: str
    customer_id: str
    prices: tuple[str, ...]  # the item's, and with a plan the one of its overage
    monthly: bool
    back_url: str  # where the payer comes back to, paid or not: one of ours
    expires_at: datetime
    cards_only: bool = False  # what takes days would escape what the first days may cost


class Checkout(NamedTuple):
    """That page, and what became of it."""

    id: str
    url: str | None  # while it is open
    customer_id: str
    status: str  # open | complete | expired
    paid: bool
    price_id: str | None  # of the item it sells
    usd_micros: int  # before tax
    expires_at: datetime
    payment_id: str | None
    invoice_id: str | None
    subscription_id: str | None
    covered: bool = False  # complete, and nothing had to be paid: a credit was enough
    failed: bool = False  # complete, and the bank that was to pay did not

    @property
    def over(self) -> bool:
        """Whether it brings no money any more, nor has brought any."""
        return self.status == "expired" or self.failed


class Line(NamedTuple):
    """One line of an invoice; a credit is negative."""

    price_id: str | None
    usd_micros: int  # before tax and discount
    start: datetime
    end: datetime
    proration: bool


class Invoice(NamedTuple):
    """An invoice and where it can be seen."""

    id: str
    number: str | None
    customer_id: str
    subscription_id: str | None
    status: str  # draft | open | paid | void | uncollectible
    lines: tuple[Line, ...]
    usd_micros: int
    made_at: datetime
    paid_at: datetime | None
    payment_id: str | None  # the one that paid it
    url: str | None = None
    pdf_url: str | None = None


class Subscription(NamedTuple):
    """A plan somebody pays for by the month."""

    id: str
    customer_id: str
    status: str  # in LIVING, or incomplete, incomplete_expired, canceled
    price_id: str | None  # of the plan it is on
    start: datetime  # of the running period
    end: datetime
    made_at: datetime
    ended_at: datetime | None = None
    cancels_at: datetime | None = None
    next_price_id: str | None = None  # of the plan the next period has
    failing_since: datetime | None = None
    open_invoice_id: str | None = None  # the one that has to be paid
    overage_price_id: str | None = None  # what its overage is billed at


GOING = frozenset({"trialing", "active"})  # nothing waits for money
LIVING = GOING | {"past_due", "unpaid", "paused"}


class Refund(NamedTuple):
    """Money that went back."""

    id: str
    usd_micros: int
    made_at: datetime


class Dispute(NamedTuple):
    """A payment that its payer's bank takes back."""

    id: str
    status: str  # open | won | lost
    usd_micros: int | None = None  # None: all of it


class Paid(NamedTuple):
    """A payment as it stands now: what came in, and what of it went back."""

    id: str
    customer_id: str | None
    usd_micros: int  # tax included, as it was taken
    refunds: tuple[Refund, ...]  # those that went through or are on their way
    dispute: Dispute | None


class Preview(NamedTuple):
    """What a change of plan costs, told before it is made."""

    due_micros: int  # now; negative: a credit
    next_micros: int  # at the start of the next period
    at: datetime  # the moment it was reckoned for
    next_at: datetime
