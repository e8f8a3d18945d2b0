"""What goes back of a payment, in whatever order it is heard of: the same tokens in the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import plans
from app.domain.billing import returning
from app.domain.billing.records import Dispute, Paid, Refund
from app.domain.reversals import Granted
from app.kit import ids
from app.models.payments import Payment
from tests.purse import NOON, purse

DOLLAR = plans.MICROS
REFUND = Refund("re_1", 2 * DOLLAR, NOON)
OPEN, WON, LOST = (Dispute("dp_1", status, 3 * DOLLAR) for status in ("open", "won", "lost"))


class Bought:
    """A pack of 1,000 tokens for $5, and what is read of its payment."""

    def __init__(self, purse):
        self.purse, self.cause = purse, f"checkout:{ids.new('cs')}"
        purse.grant("packs", 1_000)
        with purse.database.transaction() as session:
            session.add(
                Payment(
                    id=ids.new("pay"), organization_id=purse.wallet.organization_id,
                    mode=purse.wallet.mode, item="pack:small", cause=self.cause, bucket="packs",
                    tokens=1_000, usd_micros=5 * DOLLAR, paid_at=NOON,
                )
            )  # fmt: skip

    def reads(self, *refunds, dispute=None):
        paid = Paid("pi_1", "cus_1", 5 * DOLLAR, refunds, dispute)
        with self.purse.database.transaction() as session:
            kept = session.scalars(select(Payment).where(Payment.cause == self.cause)).one()
            returning.apply(session, self.purse.wallet, kept, paid, NOON)

    @property
    def figures(self):
        its = self.purse.standing()
        return its.packs, its.held, its.debt


@pytest.fixture
def bought(mine):
    return Bought(mine)


def test_a_refund_and_a_lost_dispute_read_together_take_no_more_than_was_paid_for(bought):
    bought.reads(REFUND, dispute=LOST)
    assert bought.figures == (0, 0, 0)


def test_a_refund_while_the_dispute_is_open_takes_what_is_frozen(bought):
    bought.reads(dispute=Dispute("dp_1", "open"))
    assert bought.figures == (0, 1_000, 0)
    bought.reads(REFUND, dispute=Dispute("dp_1", "open"))
    assert bought.figures == (0, 600, 0)
    bought.reads(REFUND, dispute=Dispute("dp_1", "won"))
    assert bought.figures == (600, 0, 0)


@pytest.mark.parametrize("last", [WON, LOST])
def test_whatever_was_read_on_the_way_the_end_is_the_same(ledgers, last):
    ways = [
        [((), None)], [((REFUND,), None)], [((), OPEN)], [((REFUND,), OPEN)],
        [((), OPEN), ((REFUND,), OPEN)], [((REFUND,), None), ((REFUND,), OPEN)], [((), last)],
    ]  # fmt: skip
    ends = set()
    for way in ways:
        one = Bought(purse(ledgers))
        for refunds, dispute in way:
            one.reads(*refunds, dispute=dispute)
        for _ in range(2):
            one.reads(REFUND, dispute=last)
        ends.add(one.figures)
    assert ends == {(600, 0, 0) if last is WON else (0, 0, 0)}


def test_a_refund_the_bank_did_not_take_gives_back_what_it_took(bought):
    bought.purse.hold(900, "run")
    bought.purse.settle("run", 900)
    bought.reads(REFUND)
    assert bought.figures == (0, 0, 300)
    bought.reads()
    bought.reads()
    assert bought.figures == (100, 0, 0)
    bought.reads(Refund("re_2", 5 * DOLLAR, NOON + timedelta(days=1)))
    assert bought.figures == (0, 0, 900)


def test_what_a_failed_refund_gives_back_pays_what_another_left_owed(mine):
    mine.grant("packs", 1_000, "a")
    mine.grant("packs", 1_000, "b")
    mine.hold(1_000, "run")
    mine.settle("run", 1_000)
    for pack in "ab":
        mine.take_back(Granted("packs", None), 1_000, f"refund:{pack}")
    assert (mine.standing().packs, mine.standing().debt) == (0, 1_000)
    assert mine.put_back(Granted("packs", None), "refund:a") == 1_000
    assert (mine.standing().packs, mine.standing().debt) == (0, 0)


def test_a_dispute_that_found_nothing_to_freeze_takes_nothing_of_a_later_pack(bought):
    """However often it is read again: what is bought meanwhile was not disputed."""
    bought.purse.hold(1_000, "run")
    bought.purse.settle("run", 1_000)
    bought.reads(dispute=Dispute("dp_1", "open"))
    bought.purse.grant("packs", 1_000)
    bought.reads(dispute=Dispute("dp_1", "open"))
    assert bought.figures == (1_000, 0, 0)
