"""An estimate for a panel that a model would play: what it refuses, and what it says."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.domain.tariff.away import BudgetSpent, TooDear
from app.domain.tariff.panelist import Panelist
from app.domain.tariff.rate import Rate, Terms
from app.kit import clock
from app.tools import estimate
from app.tools.base import Call
from app.tools.content import TestInput as Asked
from tests.factories import caller, member

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MIDDLING = Terms(Rate(600_000, 1_600_000), 10**9, 10**9)


@contextmanager
def calling(services, terms, **facts):
    panelist = Panelist("embedded", "1", model=Panelist("llm", "1-x", terms=terms))
    who = caller(services, member(services, tokens=500))._replace(mode="stripe_live", **facts)
    with services.database.reading() as session:
        yield Call(session, who, services.links, panelist, clock.now(), "req")


def asked(content="Hello"):
    return Asked(content_type="text", content=content)


def test_a_text_that_fits_needs_no_word(services):
    with calling(services, MIDDLING) as call:
        assert estimate.run(call, asked()).note is None


def test_a_text_that_is_shortened_is_said_to_be(services):
    with calling(services, MIDDLING) as call:
        assert "shortened" in estimate.run(call, asked("\u4e2d" * 9_000)).note


def test_what_never_pays_is_refused(services):
    dear = replace(MIDDLING, rate=Rate(5_000_000, 25_000_000))
    with calling(services, dear) as call, pytest.raises(TooDear):
        estimate.run(call, asked())


def test_what_the_day_does_not_cover_is_refused(services):
    with calling(services, replace(MIDDLING, daily_micros=5)) as call, pytest.raises(BudgetSpent):
        estimate.run(call, asked())


def test_whom_the_embedded_engine_answers_is_told_nothing_of_it(services):
    with calling(services, replace(MIDDLING, daily_micros=5), book="test") as call:
        assert estimate.run(call, asked("\u4e2d" * 9_000)).note is None
