"""What each state of a subscription means, whatever states came before it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import periods, wallets
from app.domain.billing import accounts, standing
from app.domain.billing.records import Subscription
from app.domain.billing.scene import Scene, living, seconds
from tests.purse import MONTH, NOON, Purse, purse
from tests.rounds import rounds

STATUSES = (
    "incomplete", "incomplete_expired", "trialing", "active", "past_due", "unpaid", "paused",
    "canceled",
)  # fmt: skip
GRACE = NOON + standing.GRACE


def subscription(status: str, **more) -> Subscription:
    facts = {
        "id": "sub_1", "customer_id": "cus_1", "status": status, "price_id": "price_plan:starter",
        "start": NOON, "end": NOON + MONTH, "made_at": NOON,
        "failing_since": NOON if status in {"past_due", "unpaid"} else None,
        "ended_at": NOON if status == "canceled" else None,
    }  # fmt: skip
    return Subscription(**facts | more)


@dataclass
class Customer:
    """Somebody with 4,000 included and 1,000 bought tokens, whose subscription is read."""

    purse: Purse

    def __post_init__(self):
        with self.purse.database.transaction() as session:
            periods.allot(
                session, self.purse.wallet, 4_000, start=NOON, end=NOON + MONTH,
                cause=f"invoice:{self.purse.wallet.organization_id}", now=NOON,
            )  # fmt: skip
        self.purse.grant("packs", 1_000)

    def reads(self, *found: Subscription):
        with self.purse.database.transaction() as session:
            wallet = self.purse.wallet
            account = accounts.locked(session, wallet.organization_id, wallet.mode)
            mine = tuple(each._replace(id=f"{each.id}:{wallet.organization_id}") for each in found)
            standing.settle(session, account, wallet, Scene("cus_1", mine), NOON)
            return account

    @property
    def figures(self):
        its = self.purse.standing(NOON)
        return its.plan, its.status, its.included, its.packs, its.price_micros > 0


@pytest.fixture
def customer(mine):
    return Customer(mine)


@pytest.mark.parametrize(
    ("status", "figures", "until"),
    [
        ("trialing", ("starter", "active", 4_000, 1_000, True), NOON + MONTH + standing.RENEWING),
        ("active", ("starter", "active", 4_000, 1_000, True), NOON + MONTH + standing.RENEWING),
        ("past_due", ("starter", "past_due", 4_000, 1_000, False), GRACE),
        ("unpaid", ("starter", "inactive", 0, 1_000, False), None),
        ("paused", ("starter", "inactive", 0, 1_000, False), None),
        ("canceled", ("trial", "trialing", 0, 1_000, False), None),
    ],
)
def test_a_status_means(customer, status, figures, until):
    account = customer.reads(subscription(status))
    assert customer.figures == figures
    assert customer.purse.standing(NOON).usable_until == until
    assert account.status == status


@pytest.mark.parametrize("status", ["incomplete", "incomplete_expired"])
def test_a_first_payment_that_never_came_is_no_plan(mine, status):
    with mine.database.transaction() as session:
        account = accounts.locked(session, mine.wallet.organization_id, mine.wallet.mode)
        found = Scene("cus_1", (subscription(status, open_invoice_id="in_1"),))
        standing.settle(session, account, mine.wallet, found, NOON)
    assert mine.standing().plan == "trial"
    expected = ("incomplete", "in_1") if status == "incomplete" else ("none", None)
    assert (account.status, account.open_invoice_id) == expected


def test_one_that_ends_with_its_period_is_usable_to_its_end_and_no_longer(customer):
    account = customer.reads(subscription("active", cancels_at=NOON + MONTH))
    assert account.cancels_at == NOON + MONTH
    assert customer.purse.standing(NOON).usable_until is None


def test_a_price_nobody_here_sells_changes_no_plan(customer):
    customer.reads(subscription("active"))
    account = customer.reads(subscription("active", price_id="price_of_others"))
    assert account.plan is None
    assert customer.figures[0] == "starter"


def test_a_cap_an_owner_chose_outlives_a_change_of_plan(customer):
    account = customer.reads(subscription("active"))
    with customer.purse.database.transaction() as session:
        wallet = customer.purse.wallet
        wallets.locked(session, wallet).cap_micros = 7_000_000
        accounts.locked(session, wallet.organization_id, wallet.mode).cap_chosen = True
    assert account.cap_chosen is False
    customer.reads(subscription("active", price_id="price_plan:pro"))
    assert customer.purse.standing(NOON).cap_micros == 7_000_000


def test_an_ended_grace_lapses_once(customer):
    customer.reads(subscription("past_due"))
    for _ in range(2):
        with customer.purse.database.transaction() as session:
            standing.lapse(session, customer.purse.wallet.mode, GRACE + timedelta(seconds=1))
    assert customer.purse.standing(GRACE + timedelta(seconds=1)).included == 0
    assert customer.purse.standing(NOON).packs == 1_000


@given(states=st.lists(st.sampled_from(STATUSES[2:]), min_size=1, max_size=6))
@settings(
    max_examples=rounds(200), deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_the_last_state_counts_whatever_came_before(ledgers, states):
    """But for tokens that ended on the way: an end is for good until the next invoice."""
    all_of_them, the_last = Customer(purse(ledgers)), Customer(purse(ledgers))
    for state in states:
        all_of_them.reads(subscription(state))
    the_last.reads(subscription(states[-1]))
    left, expected = list(all_of_them.figures), list(the_last.figures)
    if {"unpaid", "paused", "canceled"} & set(states):
        left[2] = expected[2] = 0
    assert left == expected


moments = st.integers(0, 6).map(lambda days: NOON + timedelta(days=days))


@st.composite
def subscriptions(draw):
    found = []
    for number in range(draw(st.integers(0, 4))):
        made, ended = draw(moments), draw(st.none() | moments)
        status = "active" if ended is None else "canceled"
        ended = ended and max(made, ended)
        found.append(subscription(status, id=f"sub_{number}", made_at=made, ended_at=ended))
    return found


@given(found=subscriptions(), shuffled=st.randoms())
@settings(max_examples=rounds(1_000), derandomize=True, database=None)
def test_at_most_one_lives_and_who_looks_in_which_order_does_not_matter(found, shuffled):
    one, second = living(found), {each.id for each in seconds(found)}
    again = list(found)
    shuffled.shuffle(again)
    assert (living(again), {each.id for each in seconds(again)}) == (one, second)
    alive = [each for each in found if each.status == "active"]
    assert len([each for each in alive if each.id not in second]) <= 1
    assert one is None or one.id not in second
