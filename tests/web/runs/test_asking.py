"""Questions to a panel from its page: priced, refused in a sentence, answered where they are asked."""

import re

import pytest

from app.domain.runs import turns
from app.kit import clock
from tests.tools.installation import HELLO
from tests.web.account.counted import counting
from tests.web.runs.conftest import someone


def _ask(reader, run_id, whom="panel", **more):
    reader.open(f"/app/runs/{run_id}")
    return reader.send(f"/app/runs/{run_id}/ask", **{"question": "Why?", "whom": whom, **more})


def _once(page):
    return re.search(r'name="once" value="(\w+)"', page.text)[1]


@pytest.mark.parametrize(
    ("whom", "asked"),
    [("panel", 10), ("segment:Leaned in", 10), ("archetype:reader", 10), ("persona:p3", 1)],
)
def test_whom_and_price_are_chosen_and_the_answers_come_in_on_a_page_of_their_own(
    polis, reader, whom, asked
):
    run_id = reader.report()
    answer = _ask(reader, run_id, whom)
    assert re.fullmatch(r"/app/runs/thr_\w{26}", answer.location)
    waiting = reader.open(answer.location).text
    assert f"0 of {asked} have answered" in waiting
    assert 'hx-trigger="load delay:1s, every 8s"' in waiting
    polis.work_off()
    page = reader.open(answer.location).text
    assert page.count("Why? Well.") == asked
    assert f"{asked} answered." in page
    assert 'hx-get="/app/runs' not in page
    part = reader.part(answer.location).text
    assert part.lstrip().startswith('<div id="answers"')


def test_the_price_and_what_is_left_stand_beside_the_button(reader):
    page = reader.open(f"/app/runs/{reader.report()}").text
    assert "The whole panel, 10 tokens" in page
    assert "reader, 10 tokens" in page
    assert re.search(r"1 token for each person asked, [\d,]+ left", page)


def test_a_question_that_is_too_long_is_told_the_limit_as_people_read_it(reader):
    answer = _ask(reader, reader.report(), question="x" * 2_001)
    assert answer.status_code == 422
    assert "It must have at most 2,000 characters." in answer.text


def test_a_conversation_goes_on_with_the_same_people(polis, reader):
    run_id = reader.report()
    thread = _ask(reader, run_id, "persona:p2").location
    polis.work_off()
    reader.open(thread)
    assert reader.send(f"{thread}/ask", question="And then?").location == thread
    polis.work_off()
    page = reader.open(thread).text
    assert "And then? Well." in page
    listed = reader.open(f"/app/runs/{run_id}").text
    assert listed.count("<b>Why?</b>") == listed.count("<b>And then?</b>") == 1


def test_an_open_question_refuses_the_next_in_a_sentence(polis, reader):
    thread = _ask(reader, reader.report(), "persona:p2").location
    reader.open(thread)
    answer = reader.send(f"{thread}/ask", question="Again?")
    assert answer.status_code == 409
    assert "still being answered" in answer.text
    assert "Again?" in answer.text


def test_a_question_can_be_called_off(polis, reader):
    thread = _ask(reader, reader.report()).location
    assert "Cancel, 10 tokens back" in reader.open(thread).text
    reader.send(f"{thread}/cancel")
    assert "Cancelled; what was not answered came back." in reader.open(thread).text


def _failed(polis, reader, code, message, question="Why <b>now</b>?"):
    """A question that the panel could not be asked, and the page of its conversation."""
    location = _ask(reader, reader.report(), question=question).location
    with polis.services.transaction() as session:
        thread_id = location.rpartition("/")[2]
        turns.fail_turn(session, thread_id, 1, code, message, clock.now())
    return location


def test_a_failed_question_says_what_happened_whose_fault_it_was_and_what_came_back(polis, reader):
    thread = _failed(polis, reader, "engine_unavailable", "The engine was away.")
    run_page = reader.open(thread).text.partition('href="/app/runs/run_')[2].partition('"')[0]
    for page in (reader.open(thread), reader.open(f"/app/runs/run_{run_page}")):
        for told in (
            "The panel could not be asked.",
            "The engine was away.",
            "This is ours, not your question\u2019s. All 10 tokens came back.",
            "Ask again in a few minutes.",
            '<a href="/support">',
            '<span class="mono">engine_unavailable</span>',
            f'href="{thread}?again=1#question"',
        ):
            assert told in page.text, told
    assert "This is ours" in reader.part(thread).text


def test_what_is_asked_for_again_and_again_says_aloud_only_how_a_question_ended(polis, reader):
    thread = _failed(polis, reader, "engine_unavailable", "The engine was away.")
    aloud = re.compile(r'role="(?:status|alert)"|aria-live')
    assert not aloud.search(reader.part(thread).text)
    reader.open(thread)
    reader.send(f"{thread}/ask", question="And now?")
    waiting = reader.part(thread).text
    assert "The panel could not be asked." in waiting
    assert "0 of 10 have answered" in waiting
    assert not aloud.search(waiting)
    assert "hx-swap-oob" not in waiting
    assert '<p class="sr" id="ended" role="status"></p>' in reader.open(thread).text
    polis.work_off()
    told = reader.part(thread).text
    assert '<p id="ended" hx-swap-oob="innerHTML">10 of 10 have answered.</p>' in told
    assert not aloud.search(told)


def test_a_question_that_failed_by_what_was_asked_is_not_called_ours(polis, reader):
    thread = _failed(polis, reader, "content_refused", "Nobody answers that.")
    page = reader.open(thread).text
    assert "This is ours" not in page
    assert "What was asked is the reason, not the panel. All 10 tokens came back." in page
    assert "Change the question, then ask again." in page


def test_asking_again_fills_in_the_question_that_failed(polis, reader):
    thread = _failed(polis, reader, "engine_unavailable", "The engine was away.")
    filled = "\nWhy &lt;b&gt;now&lt;/b&gt;?</textarea>"
    assert filled in reader.open(f"{thread}?again=1").text
    for other in ("", "?again=2", "?again=x"):
        assert "\n</textarea>" in reader.open(f"{thread}{other}").text
    assert reader.send(f"{thread}/ask", question="Why now?").location == thread
    polis.work_off()
    assert "10 answered." in reader.open(thread).text


def test_what_failed_before_reasons_were_kept_is_ours(polis, reader):
    thread = _failed(polis, reader, None, None)
    page = reader.open(thread).text
    assert "This is ours" in page
    assert "None" not in page
    told = reader.agent.call("polis_thread", thread_id=thread.rpartition("/")[2])
    assert told["turns"][0]["failure"]["code"] == "engine_unavailable"


def test_sent_twice_it_is_asked_once(polis, reader):
    run_id = reader.report()
    once = _once(reader.open(f"/app/runs/{run_id}"))
    first, second = (
        reader.send(f"/app/runs/{run_id}/ask", question="Why?", whom="panel", once=once)
        for _ in range(2)
    )
    assert first.location == second.location


@pytest.mark.parametrize("question", ["", "   ", "x" * 2001])
def test_a_question_that_is_none_comes_back_with_what_was_typed(polis, reader, question):
    run_id = reader.report()
    with polis.unchanged():
        answer = _ask(reader, run_id, "persona:p2", question=question)
    assert answer.status_code == 422
    assert 'id="question-e"' in answer.text
    assert 'value="persona:p2" selected' in answer.text
    assert question in answer.text


@pytest.mark.parametrize("whom", ["", "nobody", "segment", "segment:None", "persona:p99"])
def test_nobody_cannot_be_asked(polis, reader, whom):
    run_id = reader.report()
    with polis.unchanged():
        answer = _ask(reader, run_id, whom)
    assert answer.status_code == 422
    assert '<div class="banner bad" role="alert">' in answer.text


def test_without_tokens_the_sentence_links_to_what_mends_it(polis):
    poor = someone(polis, tokens=15)
    run_id = poor.report()
    poor.agent.call("polis_test", **HELLO | {"persona_count": 295, "detail": "snapshot"})
    answer = _ask(poor, run_id)
    assert answer.status_code == 402
    assert 'href="/app/billing"' in answer.text
    assert "Why?" in answer.text


def test_a_conversation_takes_few_statements_however_long_it_is(polis, reader):
    thread = _ask(reader, reader.report(), "persona:p2").location
    for question in ("One?", "Two?", "Three?", "Four?"):
        polis.work_off()
        reader.open(thread)
        reader.send(f"{thread}/ask", question=question)
    polis.work_off()
    with counting(polis.services.database) as work:
        reader.open(thread)
    assert len(work.statements) <= 12, work.statements
