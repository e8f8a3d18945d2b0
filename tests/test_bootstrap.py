"""What the edges start from still works when a part of the outside is away."""

import pytest

from app import bootstrap
from app.domain.runs import find
from app.outbox import Parcel
from tests.factories import caller, member, settings_for
from tests.served import free_port
from tests.starting import begin


@pytest.fixture
def without_courier(database_url, tmp_path):
    """Services whose queue is kept by a Redis that is away."""
    away = f"redis://127.0.0.1:{free_port()}/0"
    built = bootstrap.build(settings_for(database_url, tmp_path, queue_url=away))
    bootstrap.check(built)
    yield built
    built.database.dispose()


def test_a_start_is_answered_though_the_courier_is_away(without_courier):
    who = caller(without_courier, member(without_courier, tokens=10))
    begun = begin(without_courier, who)
    with without_courier.database.reading() as session:
        assert find.run(session, who, begun.id).status == "pending"


def test_a_sweep_outlives_a_courier_that_is_away(without_courier):
    without_courier.send([Parcel("wrk_1")])
