"""When a provider is left alone, and by how many it is asked."""

from collections import Counter

import httpx2
import pytest
import time_machine

from app.adapters.engines.llm.calling import transport
from app.adapters.engines.llm.calling.breaker import Breaker
from app.adapters.engines.llm.calling.places import Places
from app.adapters.engines.llm.kept import Kept
from app.domain.panel.shapes import Reaction
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


@pytest.mark.parametrize(
    ("told", "seconds"), [("7", 7.0), ("0.5", 0.5), ("-3", 0.0), ("", None), ("soon", None)]
)
def test_a_wait_is_read_as_it_is_told(told, seconds):
    assert transport.retry_after(httpx2.Headers({"Retry-After": told})) == seconds


def test_a_wait_until_a_moment_is_the_time_until_then():
    with time_machine.travel("2026-11-30T12:00:00Z", tick=False):
        told = httpx2.Headers({"Retry-After": "Mon, 30 Nov 2026 12:00:09 GMT"})
        assert transport.retry_after(told) == 9.0


def test_an_answer_that_is_too_large_is_not_read():
    big = httpx2.MockTransport(lambda _request: httpx2.Response(200, content=b"x" * 2_000_001))
    watched = transport.InTime(big, 60.0, lambda: 0.0)
    with httpx2.Client(transport=watched) as client, pytest.raises(httpx2.ReadError):
        client.get("http://models.example")


def test_what_is_kept_of_failed_batches_is_bounded():
    kept = Kept()
    for number in range(2_100):
        kept.add("run", Reaction(number, {}, {}, {}))
    assert kept.of("run", 99) is None
    assert kept.of("run", 100) is not None
