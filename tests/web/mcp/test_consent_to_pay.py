"""polis_topup over the wire: whoever can be asked is asked on our page, in each era's own way."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from sqlalchemy import func, select

from app.domain import keys
from app.kit import clock
from app.models.limits import WaitSlot
from app.tools.topup import TopupInput
from app.web.desk.waits import Waits
from app.web.mcp.product.request_state import Signed
from tests.factories import Member, caller
from tests.together import together
from tests.tools.agent import Agent
from tests.tools.installation import polis, standing
from tests.web.fixtures import email
from tests.web.member import signed_in, someone
from tests.web.paying import (
    CHECKOUT,
    PACK,
    PAGE,
    URL,
    app_of,
    asked,
    elicited,
    greeting,
    legacy,
    modern,
    pays,
    purchases,
    told,
)

__all__ = ["email", "polis", "someone", "standing"]

KEYED = {"pack": "small", "idempotency_key": "once"}
MESSAGE = "Approve $5.00 for 1,000 Polis tokens"
LATER = timedelta(minutes=10, seconds=1)
ACCEPTED = {"inputResponses": {"pay": {"action": "accept"}}}


@pytest.fixture
def agent(someone) -> Agent:
    """An agent of somebody who can be asked, whose client has said nothing yet."""
    return someone.agent()


@pytest.fixture
def full(polis, agent):
    """Every place where its calls could wait is taken: they are answered at once."""
    waits = Waits(polis.services)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(waits.place(caller(polis.services, agent.who), 60))
        yield


def until_somebody_waits(polis) -> None:
    pause = Event()
    for _ in range(500):
        with polis.services.database.reading() as session:
            if session.scalar(select(func.count()).select_from(WaitSlot)):
                return
        pause.wait(0.01)
    raise AssertionError("nobody waits")


def a_key(polis, someone, user_id) -> Agent:
    """A key of somebody's organization for another person of it, or for none: it acts alone."""
    with polis.services.transaction() as session:
        facts = {"user_id": user_id, "name": "another", "now": clock.now()}
        made = keys.create(session, someone.organization_id, **facts)
    return polis.as_(Member(user_id or "", someone.organization_id, made.secret, made.id))


def test_who_has_not_said_it_is_answered_with_the_page(agent):
    for answer in (legacy(agent), modern(agent, capabilities={}), legacy(greeting(agent, {}))):
        assert told(answer)["status"] == "open"
        assert told(answer)["pay_url"].startswith(CHECKOUT)


def test_handshake_era_the_first_call_names_a_page_of_ours(polis, agent):
    answer = legacy(greeting(agent))
    one = elicited(answer)
    assert set(one) == {"mode", "elicitationId", "url", "message"}
    assert (one["mode"], one["message"]) == ("url", MESSAGE)
    (purchase,) = purchases(polis, agent)
    assert one["url"] == f"{PAGE}{purchase.id}"
    assert purchase.id not in one["elicitationId"]
    assert len(one["elicitationId"]) > 40
    assert one["url"] in answer["error"]["message"]
    assert purchase.checkout_id is None


@pytest.mark.parametrize("arguments", [PACK, KEYED])
def test_handshake_era_the_same_call_says_how_it_stands(polis, someone, agent, arguments):
    url = elicited(legacy(greeting(agent), arguments))["url"]
    still = told(legacy(agent, arguments))
    assert (still["status"], still["pay_url"][: len(CHECKOUT)]) == ("open", CHECKOUT)
    pays(someone, url)
    paid = told(legacy(agent, arguments))
    assert paid["status"] == "paid"
    assert paid["_usage"]["pack_tokens_remaining"] == 2000
    assert len(purchases(polis, agent)) == 1


def test_handshake_era_what_was_told_is_over_but_for_its_key(polis, someone, agent):
    pays(someone, elicited(legacy(greeting(agent)))["url"])
    assert told(legacy(agent))["status"] == "paid"
    assert elicited(legacy(agent))
    pays(someone, elicited(legacy(agent, KEYED))["url"])
    assert [told(legacy(agent, KEYED))["status"] for _ in range(2)] == ["paid", "paid"]
    assert len(purchases(polis, agent)) == 3


def test_handshake_era_ten_minutes_later_it_is_another_call(polis, someone, agent):
    first = elicited(legacy(greeting(agent)))
    with time_machine.travel(clock.now() + LATER, tick=False):
        second = elicited(legacy(agent))
        assert second["url"] != first["url"]
        pays(someone, second["url"])
    with time_machine.travel(clock.now() + 2 * LATER, tick=False):
        third = elicited(legacy(agent))
    assert len({each["elicitationId"] for each in (first, second, third)}) == 3


def test_handshake_era_another_pack_key_or_credential_is_another_call(polis, someone, agent):
    calls = [(agent, PACK), (agent, {"pack": "medium"}), (agent, KEYED), (someone.agent(), PACK)]
    pages = {elicited(legacy(greeting(who), arguments))["url"] for who, arguments in calls}
    assert len(pages) == 4
    assert {told(legacy(who, arguments))["status"] for who, arguments in calls} == {"open"}
    assert len(purchases(polis, agent)) == 4


def test_handshake_era_calls_at_the_same_moment_are_one_purchase(polis, agent):
    greeting(agent)
    answers = together(6, lambda _: legacy(polis.as_(agent.who)))
    assert sum("error" in answer for answer in answers) == 1
    assert len(purchases(polis, agent)) == 1


@pytest.mark.parametrize("capabilities", [{}, {"elicitation": {}}, {"elicitation": {"form": {}}}])
def test_handshake_era_the_last_greeting_counts(agent, capabilities):
    assert elicited(legacy(greeting(agent)))
    assert told(legacy(greeting(agent, capabilities), {"pack": "medium"}))["status"] == "open"
    assert elicited(legacy(greeting(agent), KEYED))


def test_older_revisions_know_no_such_error(agent):
    greeting(agent, revision="2025-06-18")
    assert told(legacy(agent))["status"] == "open"
    greeting(agent)
    assert "pay_url" in legacy(agent, revision="2025-06-18")["result"]["structuredContent"]


def test_an_apps_person_is_asked_in_both_eras(someone):
    app = app_of(someone)
    pays(someone, elicited(legacy(greeting(app)))["url"])
    assert told(legacy(app))["status"] == "paid"
    assert asked(modern(app))[0].startswith(PAGE)


def test_nobody_is_asked_where_an_organization_acts(polis, someone):
    for who in (a_key(polis, someone, None), app_of(someone, subject_kind="organization")):
        assert told(legacy(greeting(who)))["status"] == "open"
        assert told(modern(who))["pay_url"].startswith(CHECKOUT)


def test_nobody_is_asked_what_is_refused_anyway(polis, someone):
    reader = someone.agent(scopes=("mcp:read",))
    tester = someone.agent(book="test")
    for who, code in ((reader, "insufficient_scope"), (tester, "conflict")):
        with polis.unchanged():
            for answer in (legacy(greeting(who)), modern(who), modern(who, {"pack": "huge"})):
                assert answer["result"]["isError"] is True
        assert modern(who)["result"]["structuredContent"]["error"]["code"] == code


def test_the_rest_twin_asks_nobody(polis, agent):
    greeting(agent)
    twin = polis.as_(agent.who, "/api/v1/topup")
    answer = twin.send(PACK)
    assert answer.status_code == 200
    assert answer.json["pay_url"].startswith(CHECKOUT)


def test_stateless_era_the_answer_asks_and_tells_nothing_of_anybody(polis, someone, agent):
    result = modern(agent)["result"]
    url, state = asked({"result": result})
    (purchase,) = purchases(polis, agent)
    assert result["inputRequests"]["pay"] == {
        "method": "elicitation/create",
        "params": {"mode": "url", "message": MESSAGE, "url": f"{PAGE}{purchase.id}"},
    }
    assert set(result) == {"resultType", "inputRequests", "requestState", "_meta"}
    for personal in (someone.who.user_id, someone.organization_id, agent.who.key_id):
        assert personal not in state + url
    assert purchase.checkout_id is None


def test_stateless_era_a_payment_is_told_to_the_repeated_call_as_often_as_it_asks(
    polis, someone, agent
):
    url, state = asked(modern(agent))
    pays(someone, url)
    for _ in range(3):
        paid = told(modern(agent, requestState=state, **ACCEPTED))
        assert (paid["status"], paid["_usage"]["pack_tokens_remaining"]) == ("paid", 2000)
    assert len(purchases(polis, agent)) == 1


def test_stateless_era_the_same_key_asks_about_the_same_purchase_until_it_is_paid(someone, agent):
    first, second = asked(modern(agent, KEYED)), asked(modern(agent, KEYED))
    assert first[0] == second[0]
    pays(someone, first[0])
    assert told(modern(agent, KEYED))["status"] == "paid"


def test_stateless_era_a_call_that_is_open_still_asks_again(polis, someone, agent, full):
    url, state = asked(modern(agent))
    for answers in (
        ACCEPTED, {}, {"inputResponses": {}}, {"inputResponses": {"pay": "yes"}},
        {"inputResponses": {"other": {"action": "decline"}}},
    ):  # fmt: skip
        with time_machine.travel(clock.now() + timedelta(minutes=1)):
            again, newer = asked(modern(agent, requestState=state, **answers))
        assert again == url
        assert newer != state
    pays(someone, url)
    assert told(modern(agent, requestState=newer))["status"] == "paid"
    assert len(purchases(polis, agent)) == 1


def test_stateless_era_nobody_waits_longer_than_a_moment(agent):
    url, state = asked(modern(agent))
    began = time.monotonic()
    assert asked(modern(agent, requestState=state, **ACCEPTED))[0] == url
    assert 4 < time.monotonic() - began < 15


def test_stateless_era_whoever_pays_meanwhile_is_told_by_the_waiting_call(polis, someone, agent):
    url, state = asked(modern(agent))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(modern, agent, requestState=state, **ACCEPTED)
        until_somebody_waits(polis)
        pays(someone, url)
        assert told(waiting.result(20))["status"] == "paid"


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_stateless_era_a_no_buys_nothing_and_leaves_the_page(someone, agent, action):
    url, state = asked(modern(agent))
    no = {"requestState": state, "inputResponses": {"pay": {"action": action}}}
    answer = told(modern(agent, **no))
    assert (answer["status"], answer["pay_url"][: len(CHECKOUT)]) == ("open", CHECKOUT)
    assert "nothing was bought" in answer["hint"]
    pays(someone, url)
    paid = told(modern(agent, **no))
    assert (paid["status"], "hint" in paid) == ("paid", False)


def test_stateless_era_who_cannot_be_asked_any_more_is_answered_with_the_page(polis, agent):
    _, state = asked(modern(agent))
    answer = told(modern(agent, capabilities={}, requestState=state))
    assert (answer["status"], "hint" in answer) == ("open", False)
    assert answer["pay_url"].startswith(CHECKOUT)
    assert len(purchases(polis, agent)) == 1


def test_stateless_era_a_page_whose_time_is_over_is_asked_about_no_more(agent):
    assert asked(modern(agent, KEYED))
    with time_machine.travel(clock.now() + timedelta(days=1)):
        ended = told(modern(agent, KEYED))
        assert ended["status"] == "open"
        assert ended["expires_at"] < clock.iso(clock.now())


def refused(agent, state, arguments=PACK, tool="polis_topup"):
    params = {"name": tool, "arguments": arguments, "requestState": state, **ACCEPTED}
    answer = agent.ask_modern("tools/call", params, URL)
    assert answer.json["error"]["code"] == -32602, answer.json
    assert "requestState" in answer.json["error"]["message"]


@pytest.mark.parametrize(
    "mutate",
    [
        lambda state: state[:-1] + ("A" if state[-1] != "A" else "B"),
        lambda state: state.replace("pur_0", "pur_1", 1),
        lambda state: state.replace(".1", ".9", 1),
        lambda state: state.rpartition(".")[0],
        lambda state: f"{state}.x",
        lambda state: f"{state}=",
        lambda state: f"x.{state}",
        lambda state: "..",
        lambda state: "a.\u00b2.c",
        lambda state: "",
        lambda state: "x" * 5000,
    ],
)
def test_a_mutated_state_is_no_state(polis, agent, mutate):
    _, state = asked(modern(agent))
    with polis.unchanged():
        refused(agent, mutate(state))


def test_a_state_is_good_for_its_own_call_alone(polis, someone, agent, email):
    _, state = asked(modern(agent, KEYED))
    other = signed_in(polis, f"other.{email}")
    with polis.unchanged():
        refused(agent, state, PACK)
        refused(agent, state, {**KEYED, "pack": "medium"})
        refused(agent, state, {**KEYED, "idempotency_key": "twice"})
        refused(agent, state, {}, "polis_account")
        refused(other.agent(), state, KEYED)
        refused(a_key(polis, someone, None), state, KEYED)
        refused(app_of(someone, subject_kind="organization"), state, KEYED)


def test_a_state_is_no_good_for_the_same_person_elsewhere_or_another_one_here(polis, email):
    me, you = signed_in(polis, email), signed_in(polis, f"you.{email}")
    yours = a_key(polis, me, you.who.user_id)
    _, state = asked(modern(me.agent()))
    refused(yours, state)
    _, state = asked(modern(yours))
    refused(you.agent(), state)


def test_a_state_lasts_an_hour(polis, someone, agent):
    url, state = asked(modern(agent))
    pays(someone, url)
    with time_machine.travel(clock.now() + timedelta(minutes=59)):
        assert told(modern(agent, requestState=state))["status"] == "paid"
    with time_machine.travel(clock.now() + timedelta(minutes=61)), polis.unchanged():
        refused(agent, state)


def test_a_state_never_outlives_its_page(polis, agent):
    assert asked(modern(agent, KEYED))
    ends = purchases(polis, agent)[0].expires_at
    with time_machine.travel(ends - timedelta(minutes=1)):
        _, state = asked(modern(agent, KEYED))
    with time_machine.travel(ends + timedelta(seconds=1)), polis.unchanged():
        refused(agent, state, KEYED)


def test_a_state_signed_with_an_older_secret_is_good_still(polis, agent):
    signed = Signed(caller(polis.services, agent.who), "polis_topup", TopupInput(pack="small"))
    now = clock.now()
    state = signed.written(("old",), "pur_x", now + timedelta(hours=1))
    assert signed.read(("new", "old"), state, now) == "pur_x"
    assert signed.read(("new",), state, now) is None


def test_the_same_key_of_somebody_else_here_is_answered_with_the_page(polis, email):
    me, you = signed_in(polis, email), signed_in(polis, f"you.{email}")
    yours = a_key(polis, me, you.who.user_id)
    assert asked(modern(me.agent(), KEYED))
    assert told(modern(yours, KEYED))["status"] == "open"
    assert told(legacy(greeting(yours), KEYED))["status"] == "open"


def test_what_was_bought_without_asking_may_be_asked_about_later(agent):
    assert told(modern(agent, KEYED, capabilities={}))["status"] == "open"
    assert asked(modern(agent, KEYED))[0].startswith(PAGE)
