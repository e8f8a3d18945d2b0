"""Whether what tokens earn pays a model, in the worst case."""

import pytest

from app.domain import plans
from app.domain.runs.order import Order
from app.domain.tariff import sizes, worth
from app.domain.tariff.away import TooDear
from app.domain.tariff.rate import EARNED, Rate, Terms

CHEAP = Terms(Rate(100_000, 400_000), 10**9, 10**9)
MIDDLING = Terms(Rate(400_000, 1_600_000), 10**9, 10**9)
DEAR = Terms(Rate(3_000_000, 15_000_000), 10**9, 10**9)
DETAILS = ("snapshot", "standard", "deep")


def order(content="Hello", detail="standard", personas=100):
    return Order("text", content, personas, detail)


def test_a_token_earns_what_it_is_sold_for_at_least():
    assert EARNED == 3_600
    assert all(EARNED * plan.included <= plan.usd_micros for plan in plans.PLANS.values())
    assert all(EARNED * pack.tokens <= pack.usd_micros for pack in plans.PACKS.values())


@pytest.mark.parametrize("terms", [CHEAP, MIDDLING])
@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("content", ["Hello", "\u4e2d" * 50_000, "Word " * 10_000])
@pytest.mark.parametrize("personas", [10, 11, 16, 101, 1_000])
def test_the_worst_run_earns_its_cost(terms, detail, content, personas):
    asked = order(content, detail, personas)
    worth.check(terms, asked)
    assert worth.worst_of(terms, asked) <= asked.tokens * EARNED


def test_the_worst_question_earns_its_cost():
    for people in (1, 2, 3, 10, 1_000):
        worth.check_question(CHEAP, people)
        assert worth.worst_question(CHEAP, people) <= people * EARNED


@pytest.mark.parametrize("detail", DETAILS)
def test_a_model_that_never_pays_is_refused(detail):
    with pytest.raises(TooDear, match="costs more") as refused:
        worth.check(DEAR, order(detail=detail))
    assert refused.value.code == "engine_unavailable"
    with pytest.raises(TooDear):
        worth.check_question(DEAR, 10)


def test_a_page_nobody_has_fetched_is_reckoned_as_long_as_any():
    page = Order("url", "", 100, "standard", url="https://example.com/", url_mode="copy")
    long = order("\u4e2d" * 50_000)
    assert worth.worst_of(CHEAP, page) == worth.worst_of(CHEAP, long)
    assert not worth.shortens(MIDDLING, page)


def test_where_nothing_is_sold_no_price_is_too_high():
    given = Terms(DEAR.rate, 10**9, 10**9, sold=False)
    worth.check(given, order())
    worth.check_question(given, 1)
    assert worth.room(given, "standard", 100) == sizes.MOST_TEXT


def test_only_a_text_that_does_not_fit_is_shortened():
    assert not worth.shortens(MIDDLING, order())
    assert worth.shortens(MIDDLING, order("\u4e2d" * 9_000))
    assert not worth.shortens(Terms(Rate(0, 0), 0, 0), order("word " * 10_000))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("ab", 1), ("abc", 2), ("AB", 2), ("\u4e2d", 3), ("12", 2), ("a b", 2)],
)
def test_tokens_are_counted_at_their_most(text, tokens):
    assert sizes.most_tokens(text) == tokens


@pytest.mark.parametrize("text", ["plain words only", "MiXeD 123 !?", "\u4e2d\u6587 and more", ""])
@pytest.mark.parametrize("tokens", [0, 1, 5, 1_000])
def test_the_head_of_a_text_fits(text, tokens):
    kept = sizes.head(text, tokens)
    assert text.startswith(kept)
    assert sizes.most_tokens(kept) <= tokens
    assert kept == text or sizes.most_tokens(text[: len(kept) + 1]) > tokens


def test_costs_are_rounded_up():
    assert Rate(1, 1).cost(1, 1) == 1
    assert Rate(100_000, 400_000).cost(1_000, 100) == 140
    assert Rate(100_000, 0, 125).worst(1_000, 0) == 125
