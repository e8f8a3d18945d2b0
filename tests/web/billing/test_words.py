"""The rows of a statement in words: what happened, to how many tokens, for how much."""

import pytest

from app.domain.billing.causes import Subject
from app.domain.billing.statement import Line, Place
from app.domain.billing.subscribed import Subscribed
from app.domain.wallets import Standing
from app.kit import clock
from app.web.billing import cards, words

RUN = Subject("Launch thread", "run", "run_1", "100 people, standard", "40 people not asked")
PACK = Subject("Small pack", "payment", "pay_1")


def line(kind: str, cause: str = "run:run_1", tokens: int = -150, **more) -> Line:
    facts = {
        "included": tokens,
        "trial": 0,
        "packs": 0,
        "overage": 0,
        "usd_micros": 0,
        "balance": 0,
    }
    return Line(Place(clock.now(), 0, cause), kind, **facts | more)


@pytest.mark.parametrize(
    ("row", "subject", "told"),
    [
        (line("hold"), RUN, "held until it ends, 100 people, standard"),
        (line("charge"), RUN, "charge, 100 people, standard"),
        (line("charge"), Subject("Deleted run", "run"), "charge"),
        (line("charge", expired=30), RUN,
         "charge, 100 people, standard; 30 came back after their period and expired"),
        (line("charge", overage=-100, usd_micros=-500_000), RUN,
         "charge, 100 people, standard; 100 overage, $0.50"),
        (line("refund", tokens=40), RUN, "refund, 40 people not asked"),
        (line("refund", tokens=40), Subject("Deleted run", "run"), "refund"),
        (line("grant", "checkout:1", 1_000, usd_micros=5_000_000), PACK, "payment, $5.00"),
        (line("grant", "operator:1", 1_000), Subject("From the operator"), "added"),
        (line("expiry", "invoice:1"), PACK, "expired"),
        (line("hold", "dispute:1"), Subject("Disputed payment"), "frozen until the dispute is decided"),
        (line("charge", "dispute:1"), Subject("Disputed payment"), "frozen until the dispute is decided"),
        (line("refund", "dispute:1", 150), Subject("Disputed payment"),
         "dispute decided, no longer frozen"),
        (line("reversal", "dispute:1"), Subject("Disputed payment"), "taken back, dispute lost"),
        (line("reversal", "refund:1"), Subject("Refunded payment"),
         "taken back, the payment was refunded"),
        (line("reversal", "checkout:1"), PACK, "paid what was owed"),
    ],
)  # fmt: skip
def test_a_row_says_what_happened(row, subject, told):
    assert words.what(row, subject) == told


def test_a_row_is_called_by_what_it_is_about_but_for_what_expired():
    assert words.title(line("charge"), RUN) == "Launch thread"
    assert words.title(line("expiry", "invoice:1"), PACK) == "Rest of the period"


def test_tokens_have_their_sign_and_buckets_their_share():
    assert [words.signed(each) for each in (-1_500, 0, 1_000)] == [
        "\N{MINUS SIGN}1,500", "0", "+1,000",
    ]  # fmt: skip
    assert words.buckets(line("charge")) == "included"
    assert words.buckets(line("charge", packs=-1_000)) == "included 150, packs 1,000"
    assert words.buckets(line("reversal", tokens=0)) == ""


def test_a_plan_whose_period_nobody_knows_is_told_without_a_price():
    own = Subscribed("cus_1", "sub_1", "starter", "active")
    offered = cards.of(Standing(plan="starter", status="active"), own, clock.now())
    assert [(each.act, each.due_micros) for each in offered] == [("own", 0), ("up", 0), ("up", 0)]
