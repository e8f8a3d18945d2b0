"""The day's money: counted once, given back to its day, forgotten in time."""

import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import trial
from app.domain.tariff import spending
from app.domain.tariff.away import BudgetSpent
from app.domain.tariff.rate import Rate, Terms
from app.kit import clock
from app.models.limits import DailyTotal
from app.settings import ROOT

TERMS = Terms(Rate(1, 1), daily_micros=100, org_daily_micros=60)
NOW = clock.now()


def rows(services):
    with services.database.reading() as session:
        return {(row.name, row.day): row.used for row in session.scalars(select(DailyTotal))}


def reserve(services, organization, micros, now=NOW):
    with services.transaction() as session:
        return spending.reserve(session, TERMS, organization, micros, now)


def test_a_refusal_leaves_both_counters_as_they_were(services):
    reserve(services, "org_a", 60)
    with pytest.raises(BudgetSpent):
        reserve(services, "org_a", 1)
    with pytest.raises(BudgetSpent) as refused:
        reserve(services, "org_b", 41)
    assert 0 < refused.value.details["retry_after_s"] <= 86_401
    day = clock.day_start(NOW)
    assert rows(services) == {("engine:org_a", day): 60, ("engine", day): 60}
    reserve(services, "org_b", 40)


def test_what_was_not_used_goes_back_to_its_own_day(services):
    late = reserve(services, "org_a", 50)
    tomorrow = NOW + timedelta(days=1)
    reserve(services, "org_a", 30, tomorrow)
    with services.transaction() as session:
        spending.settle(session, late, 20)
    found = rows(services)
    assert found["engine:org_a", clock.day_start(NOW)] == 20
    assert found["engine:org_a", clock.day_start(tomorrow)] == 30


def test_more_than_was_reserved_is_never_written(services):
    reserved = reserve(services, "org_a", 10)
    with services.transaction() as session:
        spending.settle(session, reserved, 99)
    assert rows(services)["engine", clock.day_start(NOW)] == 10


def test_what_is_left_is_the_smaller_of_both(services):
    reserve(services, "org_a", 50)
    reserve(services, "org_b", 45)
    with services.database.reading() as session:
        assert spending.left(session, TERMS, "org_a", NOW) == 5
        assert spending.left(session, TERMS, "org_c", NOW) == 5
        spending.cover(session, TERMS, "org_a", 5, NOW)
        with pytest.raises(BudgetSpent):
            spending.cover(session, TERMS, "org_a", 6, NOW)


def test_old_days_are_forgotten_whatever_was_counted_on_them(services):
    past = NOW - timedelta(days=60)
    reserve(services, "org_a", 5, past)
    with services.transaction() as session:
        trial._count(session, "trial", 5, 100, past)
        trial._count(session, "trial", 5, 100, NOW)
        spending.forget_old(session, NOW)
    assert [name for name, _ in rows(services)] == ["trial"]


PROCESS = """
import sys
from app.db import Database
from app.domain.tariff import spending
from app.domain.tariff.away import BudgetSpent
from app.domain.tariff.rate import Rate, Terms
from app.kit import clock

database, passed = Database(sys.argv[1]), 0
for turn in range(30):
    try:
        with database.transaction() as session:
            held = spending.reserve(session, Terms(Rate(1, 1), 60, 60), "org_a", 2, clock.now())
        with database.transaction() as session:
            spending.settle(session, held, 1)
        passed += 1
    except BudgetSpent:
        pass
database.dispose()
print(passed)
"""


def test_the_caps_of_a_day_hold_across_processes(services, database_url):
    command = [sys.executable, "-c", PROCESS, database_url]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    passed = sum(int(each.communicate(timeout=60)[0]) for each in running)
    [used] = {micros for (name, _), micros in rows(services).items() if name == "engine"}
    assert passed == used
    assert 56 <= used <= 60  # the last have to leave room for what is under way
