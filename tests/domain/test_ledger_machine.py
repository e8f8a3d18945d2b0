"""Any sequence of movements, in any order and repeated, on both databases and beside a model."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from app.domain import plans
from app.domain.reversals import Granted
from app.domain.spend_limits import SpendLimit
from app.errors import Conflict, PolisError
from app.kit import clock
from tests.domain.ledger_model import Account, Cap, Refused
from tests.invariants import broken
from tests.purse import MONTH, NOON, purse
from tests.rounds import rounds

STEPS = 30
EXAMPLES = rounds(400)  # in full 12,000 steps on each database
CAPS = {"key": 9_000, "app": None}  # one that stops, one that only counts
BOOKS = st.sampled_from(("live", "live", "test"))
KINDS = st.sets(st.sampled_from(sorted(CAPS)))
SHARES = st.sampled_from((0, 10, 40, 70, 95, 100))  # of what there is, in per cent
MORE = st.integers(0, 9)


class LedgerMachine(RuleBasedStateMachine):
    """Moves the tokens of one new organization and tells the model the same."""

    steps = 0
    holds = Bundle("holds")
    settled = Bundle("settled")
    paid = Bundle("paid")  # bucket, period and tokens of a payment
    refunded = Bundle("refunded")
    disputed = Bundle("disputed")

    def __init__(self, database):
        super().__init__()
        live = purse(database)
        test = replace(live, wallet=replace(live.wallet, book="test"))
        self.database, self.purses = database, {"live": live, "test": test}
        self.models = {"live": Account("live"), "test": Account("test")}
        self.now, self.serial = NOON, 0

    @initialize()
    def subscribe(self):
        self._begin("starter", self.now)

    @rule(target=paid, bucket=st.sampled_from(("trial", "packs")), tokens=st.integers(1, 3_000))
    def grant(self, bucket, tokens):
        cause = self._cause("grant")
        assert self.purses["live"].grant(bucket, tokens, cause, self.now)
        assert not self.purses["live"].grant(bucket, 1, cause, self.now)
        self.models["live"].come_in(bucket, tokens)
        return Granted(bucket, None), tokens

    @rule(target=paid)
    def pay_for_the_period(self):
        """The plan's own allotment, as it might be refunded."""
        model = self.models["live"]
        return Granted("included", model.start), plans.PLANS[model.plan].included

    @rule(target=refunded, payment=paid, share=SHARES)
    def refund(self, payment, share):
        granted, tokens = payment
        cause, part = self._cause("refund"), tokens * share // 100
        assert self.purses["live"].take_back(granted, part, cause, self.now)
        assert not self.purses["live"].take_back(granted, part, cause, self.now)
        self.models["live"].take_back(cause, *granted, part, self.now)
        return granted, cause

    @rule(refund=consumes(refunded))
    def fail_to_refund(self, refund):
        """The bank did not take it."""
        granted, cause = refund
        self.purses["live"].put_back(granted, cause, self.now)
        assert self.purses["live"].put_back(granted, cause, self.now) == 0
        self.models["live"].put_back(cause, *granted)

    @rule(target=disputed, payment=consumes(paid))
    def dispute(self, payment):
        granted, tokens = payment
        cause = self._cause("dispute")
        frozen = self.purses["live"].freeze(granted, tokens, cause, self.now)
        assert self.purses["live"].freeze(granted, tokens, cause, self.now) == 0
        self.models["live"].freeze(cause, *granted, tokens)
        return granted, tokens, cause, frozen

    @rule(dispute=consumes(disputed), lost=st.booleans())
    def decide(self, dispute, lost):
        granted, tokens, cause, frozen = dispute
        for _ in range(2):
            self.purses["live"].thaw(granted, frozen, cause, self.now)
        self.models["live"].thaw(cause, *granted)
        if lost:
            self.purses["live"].take_back(granted, tokens, cause, self.now)
            self.models["live"].take_back(cause, *granted, tokens, self.now)

    @rule(target=holds, book=BOOKS, share=SHARES, more=MORE, kinds=KINDS)
    def hold(self, book, share, more, kinds):
        cause, model = self._cause("run"), self.models[book]
        tokens = max(1, model.spendable(self.now) * share // 100 + more)
        period = model.start if model.live(self.now) else clock.month_start(self.now)
        caps = [Cap(kind, period, CAPS[kind]) for kind in sorted(kinds)]
        try:
            self.models[book] = deepcopy(model).hold(cause, tokens, caps, self.now)
        except Refused as refused:
            self._expect_refusal(refused, book, cause, tokens, caps)
            return multiple()
        self._hold(book, cause, tokens, caps)
        with pytest.raises(Conflict):
            self._hold(book, cause, 1, [])
        return book, cause, tokens

    @rule(target=settled, held=consumes(holds))
    def complete(self, held):
        return self._settle(held, held[2])

    @rule(target=settled, held=consumes(holds), share=SHARES)
    def cancel(self, held, share):
        return self._settle(held, held[2] * share // 100)

    @rule(held=settled, delivered=st.integers(0, 9_000))
    def settle_again(self, held, delivered):
        book, cause, _ = held
        assert self.purses[book].settle(cause, delivered, self.now) == 0

    @rule(what=st.sampled_from((1, 24, 49, "lapse", "renew", "renew", "upgrade")))
    def time_passes(self, what):
        """An hour, a test day, a period; what has ended pays no more."""
        if isinstance(what, int):
            self.now += timedelta(hours=what)
        else:
            getattr(self, f"_{what}")()

    def _lapse(self):
        self.now = max(self.now, self.models["live"].end)

    def _renew(self):
        self._lapse()
        self._begin("starter", self.now)

    def _upgrade(self):
        """A dearer plan begins within the period."""
        model = self.models["live"]
        if model.live(self.now) and model.plan == "starter":
            self._begin("pro", model.start)

    @invariant()
    def both_say_the_same(self):
        type(self).steps += 1
        for book, model in self.models.items():
            standing = self.purses[book].standing(self.now)
            assert standing.included == model.included(self.now)
            assert (standing.trial, standing.packs) == (model.kept["trial"], model.kept["packs"])
            assert (standing.held, standing.overage_room) == (model.held, model.room(self.now))
            assert standing.overage_micros == model.over_micros <= standing.cap_micros
            assert standing.debt == model.debt
            assert not standing.debt or standing.trial + standing.packs == 0, (
                "nothing beside a debt"
            )

    @invariant()
    def counters_are_what_was_held_and_not_given_back(self):
        for book, model in self.models.items():
            for (kind, period), counted in model.counted.items():
                assert self.purses[book].used(self._limit(Cap(kind, period, None))) == counted

    @invariant()
    def every_balance_is_the_sum_of_its_entries(self):
        with self.database.reading() as session:
            assert list(broken(session, self.purses["live"].wallet.organization_id)) == []

    def _settle(self, held, delivered):
        book, cause, _ = held
        refunded = self.models[book].settle(cause, delivered, self.now)
        assert self.purses[book].settle(cause, delivered, self.now) == refunded
        return held

    def _begin(self, plan, start):
        cause = self._cause("invoice")
        assert self.purses["live"].plan(plan, start, cause=cause)
        assert not self.purses["live"].plan(plan, start, cause=cause)
        self.models["live"].begin(plan, start, start + MONTH)

    def _hold(self, book, cause, tokens, caps):
        self.purses[book].hold(tokens, cause, [self._limit(cap) for cap in caps], self.now)

    def _expect_refusal(self, refused, book, cause, tokens, caps):
        with pytest.raises(PolisError) as found:
            self._hold(book, cause, tokens, caps)
        assert (found.value.code, found.value.details.get("limit")) == refused.args

    def _limit(self, cap):
        limit = self.purses["live"].limit(cap.tokens, cap.kind)
        return SpendLimit(limit.subject, cap.kind, cap.period, cap.tokens)

    def _cause(self, kind):
        self.serial += 1
        return f"{kind}:{self.serial}"


def test_r1_the_ledger_agrees_with_the_model_after_every_step(ledgers, measured):
    LedgerMachine.steps = 0
    run_state_machine_as_test(
        lambda: LedgerMachine(ledgers),
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, derandomize=True, database=None,
            deadline=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert LedgerMachine.steps >= rounds(5_000)
    measured("R1", "steps of random acts after which the books agreed", LedgerMachine.steps)
