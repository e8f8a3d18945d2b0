"""Owners are told at 50, 80 and 100 % of a cap: each once a period and cap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain import ledger, wallets
from app.domain.billing import alerts
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.work import Work
from tests.domain.billing.plan import on_plan
from tests.factories import member
from tests.together import together

USD = 1_000_000
CAP = 20 * USD


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (0, 9_999_999, ()),
        (0, 10 * USD, (50,)),
        (10 * USD, 10 * USD, ()),
        (9 * USD, 16 * USD, (50, 80)),
        (16 * USD, 19_999_999, ()),
        (0, 20 * USD, (50, 80, 100)),
        (20 * USD, 20 * USD, ()),
        (16 * USD, 10 * USD, ()),  # a release is no news
    ],
)
def test_a_threshold_is_crossed_from_below(before, after, told):
    assert alerts.crossed(before, after, CAP) == told


def test_a_cap_of_nothing_has_no_thresholds():
    assert alerts.crossed(0, 0, 0) == ()


MONEY = st.integers(0, 10**12)


@given(steps=st.lists(MONEY, min_size=1, max_size=6), cap=MONEY)
def test_on_the_way_up_each_is_crossed_once_however_it_is_climbed(steps, cap):
    climb = [0, *sorted(steps)]
    parts = [alerts.crossed(low, high, cap) for low, high in pairwise(climb)]
    assert tuple(each for part in parts for each in part) == alerts.crossed(0, climb[-1], cap)


@pytest.fixture
def wallet(services):
    return on_plan(services, member(services, verified=True))


def note(services, wallet: Wallet, before, after, cap=CAP):
    with services.transaction() as session:
        return alerts.note(session, wallet, before, after, cap, clock.now())


def letters(services):
    with services.database.reading() as session:
        rows = session.scalars(select(Work).where(Work.kind == "send_mail").order_by(Work.id)).all()
    return [row.payload for row in rows if row.payload["purpose"].startswith("cap_")]


def test_owners_are_told_once_a_threshold(services, wallet):
    assert note(services, wallet, 0, 10 * USD) == (50,)
    assert note(services, wallet, 9 * USD, 11 * USD) == ()  # some came back and went again
    (told,) = letters(services)
    assert (told["purpose"], told["facts"]["share"]) == ("cap_share", 50)
    assert (told["facts"]["used"], told["facts"]["cap"]) == ("$10.00", "$20.00")
    assert note(services, wallet, 11 * USD, 16 * USD) == (80,)
    assert note(services, wallet, 16 * USD, 20 * USD) == (100,)
    assert [each["purpose"] for each in letters(services)] == [
        "cap_share",
        "cap_share",
        "cap_used_up",
    ]


def test_whoever_owns_it_is_told_as_tests_set_tokens_aside(services):
    who = member(services, email="owner@example.com", verified=True)
    wallet = on_plan(services, who)
    with services.database.reading() as session:
        prepaid = wallets.standing(session, wallet, clock.now()).prepaid
    causes = [f"run:{number}" for number in range(5)]
    told = []
    for cause, tokens in zip(causes, (prepaid, 1_999, 1, 1_200, 800), strict=True):
        with services.transaction() as session:
            ledger.hold(session, wallet, tokens, cause=cause, limits=[], now=clock.now())
        told.append([each["facts"]["share"] for each in letters(services)])
    assert told == [[], [], [50], [50, 80], [50, 80, 100]]
    assert [each["facts"]["used"] for each in letters(services)] == ["$10.00", "$16.00", "$20.00"]
    assert {each["recipient"] for each in letters(services)} == {"owner@example.com"}
    for cause in causes:
        with services.transaction() as session:
            ledger.settle(session, wallet, cause=cause, delivered=0, now=clock.now())
    assert len(letters(services)) == 3  # what comes back is no news


def test_several_at_once_are_one_letter_that_names_the_highest(services, wallet):
    assert note(services, wallet, 0, 17 * USD) == (50, 80)
    (told,) = letters(services)
    assert told["facts"]["share"] == 80
    assert note(services, wallet, 9 * USD, 12 * USD) == ()


def test_another_cap_tells_anew(services, wallet):
    note(services, wallet, 0, 10 * USD)
    assert note(services, wallet, 15 * USD, 16 * USD, 30 * USD) == ()
    assert note(services, wallet, 14 * USD, 15 * USD, 30 * USD) == (50,)
    assert len(letters(services)) == 2


def test_another_period_tells_anew(services, wallet):
    note(services, wallet, 0, 10 * USD)
    on_plan(services, type("Who", (), {"organization_id": wallet.organization_id}))
    assert note(services, wallet, 0, 10 * USD) == (50,)


def test_many_at_once_are_one_letter(services, wallet):
    told = together(6, lambda _: note(services, wallet, 0, 10 * USD))
    assert sorted(told) == [()] * 5 + [(50,)]
    assert len(letters(services)) == 1


def test_whoever_has_not_proved_their_address_is_not_written_to(services):
    wallet = on_plan(services, member(services, verified=False))
    assert note(services, wallet, 0, 10 * USD) == (50,)
    assert letters(services) == []
