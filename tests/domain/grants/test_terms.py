"""Spend limit and end of access, as written on the consent page."""

from datetime import timedelta

import pytest

from app.domain.grants import terms
from app.domain.grants.terms import BadTerms, Terms
from app.kit import clock
from tests.domain.grants.apps import known


def test_an_app_nobody_vouches_for_gets_little_and_not_for_long():
    assert terms.first(known()) == Terms(300, 90)


def test_a_verified_app_is_asked_about_without_a_limit_filled_in():
    assert terms.first(known(verified=True)) == Terms(None, 180)


def test_no_end_is_offered_beyond_the_life_of_the_clients_tokens():
    short = known(refresh_life_s=int(timedelta(days=45).total_seconds()))
    assert (terms.days(short), terms.first(short)) == ((30, 45), Terms(300, 45))
    assert terms.days(known(refresh_life_s=86_400)) == (1,)


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("300", 300),
        (" 1,000 ", 1000),
        ("1.000", 1000),
        ("1 000 000", 1_000_000),
        ("", None),
        ("0", 0),
    ],
)
def test_a_limit_is_read_as_people_write_it(written, tokens):
    assert terms.read(known(), written, "30") == Terms(tokens, 30)


@pytest.mark.parametrize(
    ("written", "until", "field"),
    [
        ("-1", "30", "limit"), ("ten", "30", "limit"), ("1.5", "30", "limit"),
        ("10,00", "30", "limit"), ("9999999999", "30", "limit"), ("\u0661", "30", "limit"),
        ("1", "31", "days"), ("1", "", "days"), ("1", "1e9", "days"),
    ],
)  # fmt: skip
def test_what_nobody_can_mean_is_refused_by_its_field(written, until, field):
    with pytest.raises(BadTerms) as refusal:
        terms.read(known(), written, until)
    assert refusal.value.details["field"] == field


def test_access_ends_so_many_days_from_the_approval():
    now = clock.now()
    assert Terms(None, 30).ends(now) - now == timedelta(days=30)


def test_a_limit_beyond_all_measure_is_told_what_the_most_is():
    with pytest.raises(BadTerms, match="at most 1,000,000,000"):
        terms.read(known(), "99999999999", "30")
