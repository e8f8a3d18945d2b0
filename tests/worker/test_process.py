"""A worker process that is told to stop leaves nothing of itself behind, however early it is told."""

import os
import signal

import pytest
from sqlalchemy import select

from app.adapters.queue import Queue
from app.kit import meters
from app.models.work import WorkerBeat
from app.worker import process


@pytest.fixture
def unheard():
    """Signals that nobody listened to; without this the first would end the tests."""
    came = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: came.append(number))
    yield came
    signal.signal(signal.SIGTERM, before)


def test_a_worker_that_is_stopped_as_it_starts_is_taken_off_the_list(
    services, unheard, monkeypatch
):
    beats = []

    def told_to_stop(*_, **__):
        with services.database.reading() as session:
            beats.append(len(session.scalars(select(WorkerBeat)).all()))
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(Queue, "consume", told_to_stop)
    monkeypatch.setattr(process.Pulse, "start", process.Pulse._beat)
    monkeypatch.setattr(process.Pulse, "_rhythms", lambda _self: ())
    monkeypatch.setattr(meters, "join", lambda *_: None)
    with pytest.raises(SystemExit):
        process.run(services)
    assert (beats, unheard) == ([1], [])
    with services.database.reading() as session:
        assert session.scalars(select(WorkerBeat)).all() == []
