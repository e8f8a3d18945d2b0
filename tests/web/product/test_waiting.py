"""Waiting: back as soon as something changes, told over SSE where asked, and bounded."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain import waiting
from app.kit import clock
from app.models.limits import WaitSlot
from tests.tools.agent import MODERN, Agent, Json, events, promised
from tests.tools.installation import HELLO, Installation, running
from tests.waiting import until

TOKEN = {"progressToken": "p1"}
LONG = timedelta(minutes=1)
WITHIN = 20  # seconds a wait of 25 may take once there is news: far more than it needs


def _slots(polis: Installation) -> int:
    with polis.services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(WaitSlot))


def _until_waiting(polis: Installation, places: int) -> None:
    """Come back once so many places are taken; each wait takes two rows."""
    until(lambda: _slots(polis) == 2 * places, lambda: _slots(polis), within_s=20)


@contextmanager
def _in_the_background(ask, *, times: int = 1) -> Iterator[list[Future]]:
    with ThreadPoolExecutor(times) as pool:
        yield [pool.submit(ask) for _ in range(times)]


@pytest.fixture
def agent(polis: Installation) -> Agent:
    return polis.agent()


@pytest.fixture
def run_id(agent: Agent) -> str:
    return agent.call("polis_test", **HELLO)["run_id"]


@pytest.fixture
def thread_id(polis: Installation, agent: Agent) -> str:
    """A thread whose question nobody has answered yet."""
    about = {"run_id": polis.complete_run(agent), "target": "panel", "question": "Why?"}
    return agent.call("polis_ask", **about)["thread_id"]


def test_a_wait_ends_as_soon_as_something_changes(polis, agent, run_id):
    def ask():
        return agent.call("polis_status", run_id=run_id, wait_s=25)

    with _in_the_background(ask) as (waited,):
        _until_waiting(polis, 1)
        polis.work_off()
        answer = waited.result(WITHIN)
    assert answer["status"] != "pending"
    assert _slots(polis) == 0


def test_a_wait_tells_the_usage_of_its_end(polis, agent, run_id):
    def ask():
        return agent.call("polis_status", run_id=run_id, wait_s=25)

    with _in_the_background(ask) as (waited,):
        _until_waiting(polis, 1)
        agent.call("polis_cancel", run_id=run_id)
        answer = waited.result(WITHIN)
    assert (answer["status"], answer["_usage"]["held_tokens"]) == ("cancelled", 0)
    assert answer["_usage"]["pack_tokens_remaining"] == 1000


def test_a_wait_without_news_ends_with_the_state_as_it_is(polis, agent, run_id):
    answer = agent.call("polis_status", run_id=run_id, wait_s=1)
    assert (answer["status"], answer["poll_after_s"]) == ("pending", 2)
    assert _slots(polis) == 0


def test_a_wait_for_a_thread_ends_with_its_answers(polis, agent, thread_id):
    def ask():
        return agent.call("polis_thread", thread_id=thread_id, wait_s=25)

    with _in_the_background(ask) as (waited,):
        _until_waiting(polis, 1)
        polis.work_off()
        answer = waited.result(WITHIN)
    assert answer["turns"][0]["answers_done"] == 10
    assert _slots(polis) == 0


def _stream(agent: Agent, modern: bool, name: str, arguments: Json) -> Iterator[bytes]:
    """The parts of an SSE answer as they come."""
    params = {"name": name, "arguments": {**arguments, "wait_s": 25}}
    if modern:
        answer = agent.ask_modern("tools/call", params, None, **TOKEN)
    else:
        answer = agent.ask("tools/call", {**params, "_meta": TOKEN})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Request-Id"]
    return answer.response


@pytest.mark.parametrize("modern", [False, True], ids=["2025-11-25", MODERN])
def test_progress_is_told_as_it_rises_and_the_answer_comes_last(polis, agent, run_id, modern):
    parts = _stream(agent, modern, "polis_status", {"run_id": run_id})
    messages = events(next(parts))
    while not messages:
        messages = events(next(parts))
    polis.work_off()
    messages += [message for part in parts for message in events(part)]
    *progress, last = messages
    assert [message["method"] for message in progress] == ["notifications/progress"] * 2
    assert [message["params"] for message in progress] == [
        {"progressToken": "p1", "progress": 0, "total": 10, "message": "pending"},
        {"progressToken": "p1", "progress": 10, "total": 10, "message": "complete"},
    ]
    answer = promised("polis_status", last["result"])["structuredContent"]
    assert (last["id"], answer["status"]) == (1, "complete")
    assert _slots(polis) == 0


@pytest.mark.parametrize("modern", [False, True], ids=["2025-11-25", MODERN])
def test_answers_of_a_thread_are_told_too(polis, agent, thread_id, modern):
    parts = _stream(agent, modern, "polis_thread", {"thread_id": thread_id})
    while not events(next(parts)):
        pass
    polis.work_off()
    *progress, last = [message for part in parts for message in events(part)]
    assert [message["params"]["progress"] for message in progress] == [10]
    promised("polis_thread", last["result"])


@pytest.mark.parametrize(
    ("meta", "arguments", "accept"),
    [
        ({}, {"wait_s": 1}, "application/json, text/event-stream"),
        (TOKEN, {}, "application/json, text/event-stream"),
        (TOKEN, {"wait_s": 0}, "application/json, text/event-stream"),
        (TOKEN, {"wait_s": 1}, "application/json"),
        (TOKEN, {"wait_s": 26}, "application/json, text/event-stream"),
        (TOKEN, {"wait_s": True}, "application/json, text/event-stream"),
        (TOKEN, {"wait_s": 1, "run_id": "run_x"}, "application/json, text/event-stream"),
    ],
)
def test_everything_else_is_answered_in_one_piece(agent, run_id, meta, arguments, accept):
    call = {"name": "polis_status", "arguments": {"run_id": run_id, **arguments}, "_meta": meta}
    answer = agent.ask("tools/call", call, accept=accept)
    assert answer.headers["Content-Type"] == "application/json"
    promised("polis_status", answer.json["result"])


def test_a_progress_token_must_be_one(agent, run_id):
    call = {"name": "polis_status", "arguments": {"run_id": run_id}, "_meta": {"progressToken": []}}
    assert agent.ask("tools/call", call).json["error"]["code"] == -32602


def test_a_client_that_leaves_a_stream_gives_its_place_back(polis, agent, run_id):
    parts = _stream(agent, True, "polis_status", {"run_id": run_id})
    while not events(next(parts)):
        pass
    assert _slots(polis) == 2
    parts.close()
    assert _slots(polis) == 0


def _take(polis: Installation, agent: Agent, times: int) -> list[waiting.Place | None]:
    """Places taken as other processes would."""
    caller = polis.services.credentials.authenticate(agent.who.key, clock.now())
    with polis.services.transaction() as session:
        return [waiting.take(session, caller, clock.now(), LONG) for _ in range(times)]


def _give_back(polis: Installation, places: list[waiting.Place | None]) -> None:
    with polis.services.transaction() as session:
        for place in filter(None, places):
            waiting.give_back(session, place)


def test_the_third_waiting_call_of_a_key_is_answered_at_once(polis, agent, run_id):
    places = _take(polis, agent, 2)
    answer = agent.call("polis_status", run_id=run_id, wait_s=25)
    assert (answer["status"], answer["poll_after_s"]) == ("pending", 2)
    _give_back(polis, places)


def test_the_third_key_of_an_organization_finds_all_its_places_taken(polis, agent, run_id):
    second, third = polis.second_key(agent), polis.second_key(agent)
    places = _take(polis, agent, 2) + _take(polis, second, 2)
    assert third.call("polis_status", run_id=run_id, wait_s=25)["status"] == "pending"
    assert None not in places
    _give_back(polis, places)
    assert _slots(polis) == 0


def test_a_process_keeps_three_quarters_of_its_threads_for_others(polis, run_id, agent):
    agents = [agent, polis.agent()]
    runs = [run_id, agents[1].call("polis_test", **HELLO)["run_id"]]

    def ask(number):
        return agents[number].call("polis_status", run_id=runs[number], wait_s=25)

    late = polis.agent()
    late_run = late.call("polis_test", **HELLO)["run_id"]
    with ThreadPoolExecutor(2) as pool:
        waits = [pool.submit(ask, number) for number in range(2)]
        _until_waiting(polis, 2)
        assert late.call("polis_status", run_id=late_run, wait_s=25)["status"] == "pending"
        for number in range(2):
            agents[number].call("polis_cancel", run_id=runs[number])
        assert [wait.result(WITHIN)["status"] for wait in waits] == ["cancelled"] * 2


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_process_of_few_threads_keeps_them_all_and_has_its_callers_poll(polis, threads):
    settings = polis.services.settings.model_copy(update={"web_threads": threads})
    with running(replace(polis.services, settings=settings)) as small:
        agent = small.as_(polis.agent().who)
        run_id = agent.call("polis_test", **HELLO)["run_id"]
        began = time.monotonic()
        answer = agent.call("polis_status", run_id=run_id, wait_s=25)
    assert (answer["status"], answer["poll_after_s"]) == ("pending", 2)
    assert time.monotonic() - began < WITHIN


def test_a_place_is_kept_no_longer_than_its_wait_may_last(polis, agent, run_id):
    def ask():
        return agent.call("polis_status", run_id=run_id, wait_s=25)

    with _in_the_background(ask) as (waited,):
        _until_waiting(polis, 1)
        with polis.services.database.reading() as session:
            ends = session.scalars(select(WaitSlot.lease_until)).all()
        agent.call("polis_cancel", run_id=run_id)
        waited.result(WITHIN)
    assert max(ends) - clock.now() <= timedelta(seconds=25) + waiting.MARGIN


def test_a_batch_waits_no_longer_than_one_call(polis, agent, run_id):
    call = {"name": "polis_status", "arguments": {"run_id": run_id, "wait_s": 2}}
    batch = [
        {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": call}
        for number in range(50)
    ]

    def ask():
        return agent.send(batch, mcp_protocol_version="2025-03-26")

    with _in_the_background(ask) as (waited,):
        answer = waited.result(WITHIN)
    assert len(answer.json) == 50
