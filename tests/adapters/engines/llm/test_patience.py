"""When a provider is left alone, and by how many it is asked."""

from collections import Counter

import pytest

from app.adapters.engines.llm.calling.breaker import Breaker
from app.adapters.engines.llm.calling.places import Places
from app.domain.tariff.away import ModelAway


def test_a_provider_that_is_away_is_left_alone_and_looked_after_by_one_call():
    now = [0.0]
    breaker = Breaker(after=3, rest_s=30, clock=lambda: now[0])
    for _ in range(3):
        breaker.enter()
        breaker.failed()
    with pytest.raises(ModelAway):
        breaker.enter()
    now[0] = 31
    breaker.enter()
    with pytest.raises(ModelAway):
        breaker.enter()
    breaker.failed()
    now[0] = 60
    with pytest.raises(ModelAway):
        breaker.enter()
    now[0] = 62
    breaker.enter()
    breaker.went_well()
    breaker.enter()
    assert not breaker.open


def test_failures_that_are_not_in_a_row_open_nothing():
    breaker = Breaker(after=2)
    for _ in range(5):
        breaker.failed()
        breaker.went_well()
    breaker.enter()


def test_places_are_halved_at_each_complaint_and_never_none():
    places = Places(8)
    seen = []
    for _ in range(5):
        places.too_many()
        seen.append(places.limit)
    assert seen == [4, 2, 1, 1, 1]
    for _ in range(40):
        places.went_well()
    assert places.limit == 8
    assert Counter(seen)[1] == 3
