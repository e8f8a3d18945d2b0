"""The courier carries ids and nothing else, over SQLite, PostgreSQL and Redis alike."""

import contextlib
import json
import os
import pickle
import subprocess
import time
from threading import Event

import pytest

from app.adapters.queue import Queue
from app.outbox import Parcel
from tests.needed import needed
from tests.served import free_port


class Planted:
    """What an unpickled message would do."""

    def __reduce__(self):
        return os.abort, ()


RUBBISH = (
    pickle.dumps(Planted()),
    b"",
    b"{",
    b"[]",
    b'{"work": 7}',
    b'{"work": "wrk_1", "eta": "now"}',
    b'{"task": "deliver"}',
    b"\xff\xfe",
    b"[" * 100_000,
)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    """A Redis of our own, on a free port, without a file on disk."""
    program = needed("redis-server", "apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=tmp_path_factory.mktemp("redis")
    )
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(10)


@pytest.fixture(params=["sqlite", "postgresql", "redis"])
def queue(request, copies, tmp_path):
    if request.param == "redis":
        url = request.getfixturevalue("redis_url")
        _until_up(url)
    else:
        url = copies.fresh(request.param, tmp_path)
    made = Queue(url, url)
    made._carrier.storage.flush_queue()
    yield made
    made.close()


def test_a_message_is_the_id_and_nothing_else(queue):
    queue.send([Parcel("wrk_1"), Parcel("wrk_2")])
    messages = [bytes(item) for item in queue._carrier.storage.enqueued_items()]
    assert [json.loads(message) for message in sorted(messages)] == [
        {"work": "wrk_1"},
        {"work": "wrk_2"},
    ]


def test_what_was_sent_is_what_arrives(queue):
    queue.send([Parcel("wrk_1"), Parcel("wrk_2")])
    assert [queue._carrier.dequeue().args for _ in range(2)] == [("wrk_1",), ("wrk_2",)]


def test_what_can_wait_arrives_after_all_the_rest_in_the_order_it_was_sent(queue):
    queue.send([Parcel("low_1", low=True), Parcel("low_2", low=True), Parcel("wrk_1")])
    queue.send([Parcel("wrk_2")])
    arrived = [queue._carrier.dequeue().args[0] for _ in range(4)]
    assert arrived == ["wrk_1", "wrk_2", "low_1", "low_2"]


def test_rubbish_and_pickles_are_dropped_and_counted_and_run_nothing(queue, measured):
    for message in RUBBISH:
        queue._carrier.storage.enqueue(message)
    queue.send([Parcel("wrk_1")])
    arrived = [queue._carrier.dequeue() for _ in range(len(RUBBISH) + 1)]
    measured("queues", "planted messages that ran", len(arrived) - arrived.count(None) - 1)
    assert [task.args for task in arrived if task is not None] == [("wrk_1",)]
    assert queue._carrier.dropped == len(RUBBISH)


def _until_up(url: str) -> None:
    import redis

    pause, deadline = Event(), time.monotonic() + 10
    while True:
        with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(url) as client:
            client.ping()
            return
        assert time.monotonic() < deadline
        pause.wait(0.05)
