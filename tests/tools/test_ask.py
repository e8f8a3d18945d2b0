"""polis_ask and polis_thread: follow-up questions, one at a time, and the conversation so far."""

import pytest
from sqlalchemy import select

from app.kit import clock
from app.models.work import Work
from tests.engines import Hooked, fail
from tests.tools.installation import HELLO
from tests.working import wear_out, with_engine

_OF_A_PANEL = ("react_batch", "synthesise", "answer_turn")
ANSWER = {"persona_id", "name", "archetype", "segment", "answer", "grounded"}


def _ask(polis, agent, run_id, **more):
    """A question to everyone, answered."""
    asked = agent.call(
        "polis_ask", run_id=run_id, **{"target": "panel", "question": "Why?", **more}
    )
    polis.work_off()
    return asked


def test_a_question_to_the_panel_is_pending_until_a_worker_has_asked_everyone(polis):
    agent = polis.agent(tokens=100)
    asked = _ask(polis, agent, polis.complete_run(agent))
    assert asked["thread_id"].startswith("thr_")
    assert (asked["status"], asked["tokens_charged"], asked["answers"]) == ("pending", 10, [])
    assert asked["poll_after_s"] == 2
    assert asked["_usage"]["pack_tokens_remaining"] == 75
    answer = agent.call("polis_thread", thread_id=asked["thread_id"])
    assert (answer["status"], answer["target"]) == ("complete", "panel")
    assert "poll_after_s" not in answer
    (turn,) = answer["turns"]
    assert turn["question"] == "Why?"
    assert (turn["answers_done"], turn["answers_total"], len(turn["answers"])) == (10, 10, 10)
    assert turn["summary"] == "10 answered."
    assert all(each.keys() == ANSWER for each in turn["answers"])


@pytest.mark.parametrize(
    ("target", "tokens", "segment"),
    [
        ({"target": "persona", "persona_id": "p3"}, 1, "Leaned in"),
        ({"target": "archetype", "archetype": "reader"}, 10, "Leaned in"),
        ({"target": "segment", "segment": "Leaned in"}, 10, "Leaned in"),
    ],
)
def test_few_are_answered_in_the_call_itself(polis, inline, target, tokens, segment):
    agent = inline.agent(tokens=100)
    run_id = inline.complete_run(agent, persona_count=12)
    asked = agent.call("polis_ask", run_id=run_id, question="Why?", **target)
    assert (asked["status"], asked["tokens_charged"], len(asked["answers"])) == (
        "complete", tokens, tokens,
    )  # fmt: skip
    assert {each["segment"] for each in asked["answers"]} == {segment}
    assert asked["summary"] == f"{tokens} answered."
    assert "poll_after_s" not in asked


def test_a_thread_keeps_its_questions_in_order(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    first = _ask(polis, agent, run_id)
    second = _ask(polis, agent, run_id, question="And then?", thread_id=first["thread_id"])
    assert second["thread_id"] == first["thread_id"]
    answer = agent.call("polis_thread", thread_id=first["thread_id"])
    assert [turn["question"] for turn in answer["turns"]] == ["Why?", "And then?"]
    assert [turn["status"] for turn in answer["turns"]] == ["complete", "complete"]


def test_one_question_at_a_time(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    again = {
        "run_id": run_id,
        "target": "panel",
        "question": "And?",
        "thread_id": asked["thread_id"],
    }
    with polis.unchanged():
        assert agent.refusal("polis_ask", **again)["code"] == "not_ready"


def test_a_thread_has_at_most_twenty_questions(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    thread = _ask(polis, agent, run_id)["thread_id"]
    for number in range(19):
        _ask(polis, agent, run_id, question=f"{number}?", thread_id=thread)
    again = {"run_id": run_id, "target": "panel", "question": "One more?", "thread_id": thread}
    with polis.unchanged():
        error = agent.refusal("polis_ask", **again)
    assert (error["code"], error["hint"]) == ("conflict", "Open a new thread.")


def test_a_run_without_a_report_cannot_be_asked(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    with polis.unchanged():
        error = agent.refusal("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert (error["code"], error["message"]) == (
        "not_ready", "This run is pending; only a complete one can be asked.",
    )  # fmt: skip
    assert error["hint"] == "Wait until polis_status, or its page, says that it is complete."


def test_a_run_that_will_never_have_a_report_says_to_start_another(polis):
    agent = polis.agent()
    run_id = agent.call("polis_test", **HELLO)["run_id"]
    agent.call("polis_cancel", run_id=run_id)
    error = agent.refusal("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert (error["code"], error["message"]) == (
        "not_ready", "This run is cancelled; only a complete one can be asked.",
    )  # fmt: skip
    assert error["hint"] == "Start another one."


def test_a_variant_that_is_done_says_that_it_waits_for_its_comparison(polis):
    agent = polis.agent()
    run_id = polis.variant_that_is_done(agent)
    with polis.unchanged():
        error = agent.refusal("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert (error["code"], error["message"]) == (
        "not_ready", "The comparison this run is part of is not complete yet.",
    )  # fmt: skip
    assert error["hint"] == "Wait until polis_status, or its page, says that it is complete."


def test_a_thread_stays_with_its_run_and_target(polis):
    agent = polis.agent()
    run_id, other = polis.complete_run(agent), polis.complete_run(agent, content="Other")
    thread = _ask(polis, agent, run_id)["thread_id"]
    for facts in (
        {"run_id": other, "target": "panel"},
        {"run_id": run_id, "target": "persona", "persona_id": "p1"},
    ):
        with polis.unchanged():
            error = agent.refusal("polis_ask", **facts, question="Why?", thread_id=thread)
        assert error["code"] == "conflict"


@pytest.mark.parametrize(
    ("target", "field"),
    [
        ({"target": "persona", "persona_id": "p11"}, "persona_id"),
        ({"target": "persona", "persona_id": "'; DROP"}, "persona_id"),
        ({"target": "archetype", "archetype": "nobody"}, "archetype"),
        ({"target": "segment", "segment": "Nobody"}, "segment"),
        ({"target": "segment", "segment": "Held back"}, "segment"),
    ],
)
def test_a_name_nobody_has_is_a_bad_field_with_the_names_there_are(polis, target, field):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    with polis.unchanged():
        error = agent.refusal("polis_ask", run_id=run_id, question="Why?", **target)
    assert error["code"] == "invalid_input"
    assert [each["field"] for each in error["details"]["fields"]] == [field]
    assert error["hint"].startswith("Choose one of: ")


def test_a_question_nobody_can_pay_opens_no_thread(polis):
    agent = polis.agent(tokens=24)
    run_id = polis.complete_run(agent)
    with polis.unchanged():
        error = agent.refusal("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert (error["code"], error["details"]["missing_tokens"]) == ("not_enough_tokens", 1)


def test_a_reading_key_asks_nothing_but_reads_what_was_asked(polis):
    agent = polis.agent()
    run_id = polis.complete_run(agent)
    thread = _ask(polis, agent, run_id)["thread_id"]
    reader = polis.second_key(agent, scopes=("mcp:read",))
    error = reader.refusal("polis_ask", run_id=run_id, target="panel", question="Why?")
    assert error["code"] == "insufficient_scope"
    assert reader.call("polis_thread", thread_id=thread)["status"] == "complete"


def test_a_cancelled_question_is_refunded_and_the_thread_goes_on(polis):
    agent = polis.agent(tokens=100)
    run_id = polis.complete_run(agent)
    asked = agent.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    for _ in range(2):
        answer = agent.call("polis_cancel", thread_id=asked["thread_id"])
        assert (answer["status"], answer["refunded_tokens"]) == ("cancelled", 10)
    assert answer["_usage"]["pack_tokens_remaining"] == 85
    _ask(polis, agent, run_id, thread_id=asked["thread_id"])
    turns = agent.call("polis_thread", thread_id=asked["thread_id"])["turns"]
    assert [turn["status"] for turn in turns] == ["cancelled", "complete"]


def test_a_question_whose_engine_breaks_off_says_so_in_its_turn_and_is_refunded(polis):
    agent = polis.agent(tokens=100)
    asked = _ask_of_broken(polis, agent, polis.complete_run(agent))
    answer = agent.call("polis_thread", thread_id=asked["thread_id"])
    assert answer["status"] == "failed"
    assert answer["turns"][0]["failure"] == {
        "code": "engine_unavailable",
        "message": "Every attempt to answer it broke off.",
        "refunded_tokens": 10,
    }
    assert agent.call("polis_account")["pack_tokens_remaining"] == 85
    _ask(polis, agent, asked["run_id"], thread_id=asked["thread_id"])
    _, second = agent.call("polis_thread", thread_id=asked["thread_id"])["turns"]
    assert "failure" not in second


def _ask_of_broken(polis, agent, run_id):
    """A question to everyone at which the engine breaks off every time."""
    about = {"run_id": run_id, "target": "panel", "question": "Why?"}
    thread_id = agent.call("polis_ask", **about)["thread_id"]
    wear_out(with_engine(polis.services, Hooked(ask=fail)))
    return {"run_id": run_id, "thread_id": thread_id}


def test_each_call_answers_its_own_question_even_when_the_next_was_quicker(inline):
    agent = inline.agent()
    run_id = inline.complete_run(agent)
    about = {"run_id": run_id, "target": "persona", "persona_id": "p1"}
    thread = agent.call("polis_ask", **about, question="Zero?")["thread_id"]
    deliver, nexts = inline.services.send.deliver, ["Second?"]

    def hasty(work_id):
        deliver(work_id)
        while nexts:
            agent.call("polis_ask", **about, question=nexts.pop(), thread_id=thread)

    inline.services.send.deliver = hasty
    first = agent.call("polis_ask", **about, question="First?", thread_id=thread)
    assert (first["turn"], first["answers"][0]["answer"]) == (2, "First? Well.")


@pytest.mark.parametrize(("book", "low"), [("test", True), ("live", False)])
def test_all_work_of_the_test_book_lets_the_live_one_go_first(polis, book, low):
    agent = polis.agent(book=book)
    since = clock.now()
    _ask(polis, agent, polis.complete_run(agent, persona_count=60))
    with polis.services.database.reading() as session:
        made = session.execute(select(Work.kind, Work.low).where(Work.created_at >= since)).all()
    work = {kind: each for kind, each in made if kind in _OF_A_PANEL}
    assert work == dict.fromkeys(_OF_A_PANEL, low)
