"""Equal requests give equal results, however their work is divided."""

import random
from dataclasses import replace
from threading import Lock

import pytest

from app.domain.runs.order import batches_of, seed_of
from app.worker.delivery import Delivery
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.rounds import rounds
from tests.starting import begin, order, reading
from tests.together import together
from tests.working import open_work, with_engine

TEXT = "We cut our build from 40 minutes to 4, and it is free for small teams."
WORKERS = 4


@pytest.fixture(params=["plain", "embedded"])
def works(request, services):
    return with_engine(services, PlainEngine()) if request.param == "plain" else services


@pytest.fixture
def who(works):
    return caller(works, member(works, tokens=100_000))


def digest(works, who, wanted, work=work_off):
    begun = begin(works, who, wanted)
    work(works)
    with reading(works, begun.id) as run:
        assert run.status == "complete", run.failure_message
        return run.result_digest


def test_equal_requests_of_two_organizations_have_equal_digests(works, who):
    wanted = order(60, content=TEXT)
    other = caller(works, member(works, tokens=100))
    assert digest(works, who, wanted) == digest(works, other, wanted)


def test_another_content_panel_detail_or_seed_has_another_digest(works, who):
    wanted = order(60, content=TEXT)
    others = ({"content": TEXT + "!"}, {"persona_count": 61}, {"detail": "standard"}, {"seed": 7})
    digests = [digest(works, who, replace(wanted, **other)) for other in ({}, *others)]
    assert len(set(digests)) == 5


def test_a_label_makes_no_difference(works, who):
    wanted = order(20, content=TEXT)
    assert digest(works, who, wanted) == digest(works, who, replace(wanted, label="ours"))


def test_work_divided_over_several_workers_in_any_order_has_the_same_digest(works, who):
    wanted = order(300, content=TEXT)
    alone = digest(works, who, wanted)
    for number in range(rounds(10)):
        assert digest(works, who, wanted, Crew(number)) == alone


class Crew:
    """Workers that each try every piece of work, each in an order of its own."""

    def __init__(self, seed):
        self._chance, self._lock = random.Random(seed), Lock()

    def __call__(self, works):
        while open_work(works):
            together(WORKERS, lambda number: self._work(works, number))

    def _work(self, works, number):
        deliver, found = Delivery(works, f"worker-{number}"), open_work(works)
        with self._lock:
            self._chance.shuffle(found)
        for work_id in found:
            deliver(work_id)


@pytest.mark.parametrize("personas", [10, 49, 50, 51, 99, 100, 101, 1_000])
def test_batches_cover_every_seat_once(personas):
    seats = [seat for first, count in batches_of(personas) for seat in range(first, first + count)]
    assert seats == list(range(1, personas + 1))
    assert max(count for _, count in batches_of(personas)) <= 50


def test_the_seed_follows_from_what_is_shown_and_to_whom_not_from_size_or_detail():
    wanted = order(60, content=TEXT)
    same = replace(wanted, persona_count=500, detail="deep", label="x")
    assert seed_of(wanted) == seed_of(same) < 2**53
    assert seed_of(wanted) != seed_of(replace(wanted, audience="nurses"))
    assert seed_of(replace(wanted, seed=7)) == 7
