"""Whatever is done to a plan in whatever order: every line is explained, every dollar accounted for."""

from calendar import monthrange
from datetime import datetime, timedelta
from fractions import Fraction
from math import floor

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.domain import plans
from tests.domain.billing.shop import Shop, prices
from tests.rounds import rounds

STEPS = 20
EXAMPLES = rounds(120)
PLANS = st.sampled_from(plans.PAID_PLANS)
CENT = 10_000


def cents(amount: Fraction) -> int:
    """Whole cents, half a cent upwards."""
    return floor(amount / CENT + Fraction(1, 2)) * CENT


def months_after(began: datetime, count: int) -> datetime:
    """The end of the so-many-th month."""
    year, month = divmod(began.year * 12 + began.month - 1 + count, 12)
    day = min(began.day, monthrange(year, month + 1)[1])
    return began.replace(year=year, month=month + 1, day=day)


class Model:
    """The same plan in a few lines of arithmetic."""

    def __init__(self, plan: str, began: datetime) -> None:
        self.plan, self.began, self.count = plan, began, 1
        self.next, self.ends, self.alive = None, False, True
        self.usage: dict[str, int] = {}
        self.lines = [plans.PLANS[plan].usd_micros]

    @property
    def start(self):
        return months_after(self.began, self.count - 1)

    @property
    def end(self):
        return months_after(self.began, self.count)

    def until(self, now):
        while self.alive and self.end <= now:
            self.bill_usage()
            if self.ends:
                self.alive = False
                return
            self.count += 1
            self.plan, self.next = self.next or self.plan, None
            self.lines.append(plans.PLANS[self.plan].usd_micros)

    def change(self, plan, now):
        if plan != self.plan:
            left = Fraction((self.end - now) // timedelta(seconds=1))
            share = left / ((self.end - self.start) // timedelta(seconds=1))
            old, new = (plans.PLANS[name].usd_micros for name in (self.plan, plan))
            self.lines += [-cents(old * share), cents(new * share)]
        self.plan, self.next, self.ends = plan, None, False

    def choose(self, plan=None, *, ends=False):
        self.next, self.ends = plan if plan != self.plan else None, ends

    def use(self, tokens):
        self.usage[self.plan] = self.usage.get(self.plan, 0) + tokens

    def bill_usage(self):
        for plan, tokens in self.usage.items():
            self.lines.append(cents(Fraction(tokens * plans.PLANS[plan].overage_micros)))
        self.usage = {}


class PlanMachine(RuleBasedStateMachine):
    """Does to one plan what an owner, a worker and time can do to it."""

    steps = 0

    def __init__(self, database):
        super().__init__()
        self.shop, self.entries = Shop(database), 0
        self.page = self.shop.buy("plan:starter")
        self.id, self.customer = self.page.subscription_id, self.shop.customer
        self.model = Model("starter", self.shop.now)

    def teardown(self):
        self.shop.biller.end_now(self.id, refund=False)  # no other example has to renew it

    @rule(hours=st.sampled_from((1, 13, 24 * 11, 24 * 31, 24 * 65)), seconds=st.integers(0, 3_599))
    def time_passes(self, hours, seconds):
        with self.shop.then(hours=hours, seconds=seconds):
            pass

    @rule()
    def renew(self):
        self._alive()
        self.shop.renew()

    @rule(plan=PLANS)
    def change_now(self, plan):
        if self._alive():
            wanted, before = prices(f"plan:{plan}"), sum(self.model.lines)
            with self.shop.then() as biller:
                told = biller.preview(self.id, wanted, self.shop.now)
                biller.change_now(self.id, wanted, self.shop.now)
            self.model.change(plan, self.shop.now)
            assert told.due_micros == sum(self.model.lines) - before

    @rule(plan=PLANS)
    def change_at_end(self, plan):
        if self._alive():
            with self.shop.then() as biller:
                biller.change_at_end(self.id, prices(f"plan:{plan}"))
            self.model.choose(plan)

    @rule()
    def end_at_end(self):
        if self._alive():
            with self.shop.then() as biller:
                biller.end_at_end(self.id)
            self.model.choose(ends=True)

    @rule()
    def keep(self):
        if self._alive():
            with self.shop.then() as biller:
                biller.keep(self.id)
            self.model.choose()

    @rule(tokens=st.integers(1, 3_000))
    def use(self, tokens):
        if self._alive():
            self.entries += 1
            entry = f"led_{self.id}_{self.entries}"
            with self.shop.then() as biller:
                for _ in range(2):
                    biller.report_usage(self.customer, tokens, entry, self.shop.now)
            self.model.use(tokens)

    @rule(refund=st.booleans(), really=st.sampled_from((False, False, False, True)))
    def end_now(self, refund, really):
        if really and self._alive():
            with self.shop.then() as biller:
                biller.end_now(self.id, refund=refund)
            self.model.bill_usage()
            self.model.alive = False

    @rule()
    def pay_the_page_again(self):
        with self.shop.then() as biller:
            assert biller.pay(self.page.id, self.shop.now).checkout == self.page

    @invariant()
    def every_line_is_explained(self):
        type(self).steps += 1
        lines = [line.usd_micros for invoice in self.shop.invoices() for line in invoice.lines]
        assert sorted(lines) == sorted(self.model.lines)

    @invariant()
    def every_dollar_is_accounted_for(self):
        invoices = self.shop.invoices()
        payments = [self.shop.biller.paid(each.payment_id) for each in invoices if each.payment_id]
        billed = sum(each.usd_micros for each in invoices)
        assert billed == sum(each.usd_micros for each in payments) - self.shop.credit()
        for each in payments:
            assert sum(refund.usd_micros for refund in each.refunds) <= each.usd_micros

    @invariant()
    def one_page_began_one_plan_and_it_is_where_it_should_be(self):
        (one,) = self.shop.biller.subscriptions(self.customer)
        assert (one.id, one.status == "active") == (self.id, self.model.alive)
        if self.model.alive:
            assert (one.start, one.end) == (self.model.start, self.model.end)
            assert one.price_id == f"price_plan:{self.model.plan}"

    def _alive(self):
        """Whether the plan lives at this moment; one that has ended meanwhile is ended."""
        self.model.until(self.shop.now)
        if not self.model.alive:
            self.shop.renew()
        return self.model.alive


def test_the_biller_agrees_with_plain_arithmetic_after_every_step(ledgers):
    PlanMachine.steps = 0
    run_state_machine_as_test(
        lambda: PlanMachine(ledgers),
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, derandomize=True, database=None,
            deadline=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert PlanMachine.steps >= rounds(1_000)
