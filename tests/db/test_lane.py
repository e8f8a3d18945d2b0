"""Single statements outside a transaction, while somebody else writes."""

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime
from itertools import count

import pytest
from sqlalchemy import text

from app import bootstrap
from app.db.lane import Lane
from app.domain.limits import Limit
from tests.factories import settings_for

LIMIT = Limit("steady", 60, 60, 10, "organization")
MOMENT = datetime(2027, 1, 10, tzinfo=UTC)
MANY_TURNS_S = 0.5


@pytest.fixture
def services(copies, tmp_path):
    services = bootstrap.build(settings_for(copies.fresh("sqlite", tmp_path), tmp_path))
    bootstrap.check(services)
    yield services
    services.database.dispose()


def test_a_count_waits_for_a_writer_of_many_turns(services):
    with ThreadPoolExecutor(1) as pool:
        with services.database.transaction() as session:
            session.execute(text("DELETE FROM request_rates"))
            count = pool.submit(services.rates.take, LIMIT, "everybody", MOMENT)
            assert not wait([count], MANY_TURNS_S).done
        assert count.result().remaining == LIMIT.burst - 1


def test_a_count_whose_turn_it_is_waits_for_who_writes_without_a_queue(services):
    other = sqlite3.connect(services.database.url.database, isolation_level=None)
    with ThreadPoolExecutor(1) as pool, closing(other):
        other.execute("BEGIN IMMEDIATE")
        count = pool.submit(services.rates.take, LIMIT, "everybody", MOMENT)
        assert not wait([count], MANY_TURNS_S).done
        other.execute("COMMIT")
        assert count.result().remaining == LIMIT.burst - 1


def test_closing_meets_nothing_wherever_another_thread_closes_the_same_meanwhile(services):
    """As when the database comes back to many threads at once: all of them open anew."""
    lane = services.database.lane
    for line in count(1):
        assert tuple(lane.first("SELECT 1", ())) == (1,)
        if not came_as_far_as(line, lane):
            break
    assert line > 2


def came_as_far_as(line, lane):
    """Close a lane that another thread closes just before so manieth a line is run."""
    ahead = line

    def within(_frame, event, _arg):
        nonlocal ahead
        if event == "line":
            ahead -= 1
            if ahead == 0:
                with ThreadPoolExecutor(1) as other:
                    other.submit(lane.close).result()
        return within

    before = sys.gettrace()
    sys.settrace(lambda frame, *_: within if frame.f_code is Lane.close.__code__ else None)
    try:
        lane.close()
    finally:
        sys.settrace(before)
    return ahead <= 0
