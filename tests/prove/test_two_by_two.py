"""Two web machines and two workers on one PostgreSQL are one Polis to whoever uses it."""

from collections import Counter
from contextlib import contextmanager
from functools import partial

import pytest

from app.db import Database
from tests import invariants
from tests.clients.connecting.conversation import Conversation
from tests.clients.connecting.ending import is_refused, revoke
from tests.clients.drive import python
from tests.flows.person import Person
from tests.prove.books import holds_work, moved, watched
from tests.prove.front import fronting
from tests.prove.machines import Fleet, done
from tests.prove.test_guesses import sign_in
from tests.rounds import rounds
from tests.served import ROOT, free_port
from tests.together import together
from tests.waiting import until
from tests.web.oauth.visitor import fields, told

EMAIL, PASSWORD = "ada@example.com", "seven paper boats in harbour"
TEXT = "We cut our build from 40 minutes to 4. It took one change, and it is free for small teams."
CALLBACK = "http://127.0.0.1:33418/callback"
CLIENT = ROOT / "tests/clients/connecting/py_mcp2_calls.py"
BURST, GUESSES = 60, 10
PRICE, ROOM = 10, 20


@pytest.fixture(scope="module")
def two(copies, tmp_path_factory):
    """Two machines of each kind, and what stands before them at the public address."""
    folder, port = tmp_path_factory.mktemp("two"), free_port()
    url = copies.fresh("postgresql", folder)
    public = {"base_url": f"http://127.0.0.1:{port}", "web_processes": "2"}
    with (
        Fleet(url, folder, webs=2, workers=2, **public) as fleet,
        fronting(port, [web.port for web in fleet.webs]) as front,
    ):
        fleet.front = front
        yield fleet
    database = Database(url)
    invariants.check(database)
    database.dispose()


@contextmanager
def connected(two, ada):
    """The official SDK, connected by OAuth over both machines; and its tokens."""
    command = [str(python("mcp2")), str(CLIENT), two.front.url, CALLBACK]
    with Conversation(command, two.folder) as client:
        page = ada.open(client.told("visit")["visit"].removeprefix(two.front.base))
        client.answer(**told(ada.open("/oauth/authorize", {**fields(page), "decision": "approve"})))
        yield client, client.told("connected")


def call(client, tool, **arguments):
    client.answer(tool=tool, arguments=arguments)
    answer = client.told("called")
    assert not answer["failed"], answer
    return answer["called"]


def test_the_whole_job_goes_over_both_machines_and_a_revocation_reaches_both(two):
    ada = signed_up(two)
    with watched(two.database_url), connected(two, ada) as (client, its):
        run = call(client, "polis_test", content_type="text", content=TEXT, persona_count=20)
        state = {"done": False}
        while not state["done"]:
            state = call(client, "polis_status", run_id=run["run_id"], wait_s=25)
        assert state["status"] == "complete"
        report = call(client, "polis_report", run_id=run["run_id"])["report"]
        assert round(sum(each["share"] for each in report["segments"]), 2) == 1
        asked = call(client, "polis_ask", run_id=run["run_id"], target="panel", question="Why?")
        while asked["status"] == "pending":
            asked |= call(client, "polis_thread", thread_id=asked["thread_id"], wait_s=25)
        account = call(client, "polis_account")["_usage"]
        assert (
            account["trial_tokens_remaining"]
            == 300 - run["tokens_charged"] - asked["tokens_charged"]
        )
        assert account["held_tokens"] == 0
        token = its["tokens"]["access_token"]
        assert not any(is_refused(web.url, token) for web in two.webs)
        revoke(two.front, its["client"]["client_id"], its["tokens"]["refresh_token"])
        assert all(is_refused(web.url, token) for web in two.webs)
    answered = two.front.answered
    assert min(answered[web.port] for web in two.webs) >= 10, answered


def signed_up(two):
    """Somebody new, whose form and letter and sign-in went to whichever machine had its turn."""
    ada = Person(two.front)
    assert ada.fill("/signup", email=EMAIL, password=PASSWORD).status_code == 200
    assert ada.fill(ada.link(EMAIL, "Confirm")).status_code == 303
    return ada


@pytest.fixture
def throttled(two):
    """The same with limits: so many calls at once, and the next a minute later."""
    reset(two, rate_limits="on", limit_mcp_per_minute="1", limit_mcp_burst=str(BURST))
    yield two
    reset(two, rate_limits="off")


def reset(two, **settings):
    two.set(**settings)
    for web in two.webs:
        web.restart()


def test_throttles_of_both_machines_count_together(throttled):
    two = throttled
    key = two.buyer(0)
    asked = together(BURST + 20, lambda n: answered(two.webs[n % 2], key))
    assert Counter(asked) == {200: BURST, 429: 20}
    facts = ("--email", "guessed@example.com", "--password", PASSWORD)
    two.polis("user", "create", *facts, "--verified")
    guesses = together(
        GUESSES + 8, lambda n: sign_in(two.webs[n % 2], "not this one", n, "guessed@example.com")
    )
    assert Counter(guesses) == {422: GUESSES, 429: 8}
    assert {sign_in(web, PASSWORD, 99, "guessed@example.com") for web in two.webs} == {429}


def answered(web, key):
    """The status of the cheapest call there is."""
    return web.status("polis_account", {}, key)


def test_the_cap_of_a_key_holds_over_both_machines(two):
    key = two.buyer(1_000, cap=ROOM * PRICE)
    wanted = {"content_type": "text", "content": "Hi", "persona_count": 10, "detail": "snapshot"}
    told_ = together(50, lambda n: two.webs[n % 2].call("polis_test", wanted, key))
    begun = [each["run_id"] for each in told_ if "run_id" in each]
    refused = Counter(each["error"]["code"] for each in told_ if "run_id" not in each)
    assert (len(begun), refused) == (ROOM, {"spend_cap_reached": 30})


def test_r3_a_run_whose_worker_is_killed_in_the_middle_is_finished_by_the_other_once(two):
    """The other takes the batches up when their lease has run out."""
    key = two.buyer(50_000)
    database = Database(two.database_url)
    wanted = {"content_type": "text", "content": TEXT, "persona_count": 1_000, "detail": "deep"}
    with watched(two.database_url):
        for number in range(rounds(10)):
            web, victim = two.webs[number % 2], two.workers[number % 2]
            other = two.workers[1 - number % 2]
            assert other.stop() == 0  # else it may have done everything before the victim wakes
            run = web.call("polis_test", wanted, key)
            until(partial(holds_work, database, victim.pid))
            victim.kill()
            other.start()
            state, price = done(web, key, run["run_id"]), run["tokens_charged"]
            assert (state["status"], state["reactions_done"]) == ("complete", 1_000)
            victim.start()
            assert moved(database, run["run_id"]) == (-price, price, -price)
    database.dispose()
