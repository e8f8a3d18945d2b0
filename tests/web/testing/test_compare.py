"""Variants before one panel, and earlier reports beside each other."""

import pytest

from app.domain.runs import texts
from app.kit import clock
from tests.web.account.counted import counting
from tests.web.member import said

FILLED = {
    "content_type": "text", "content-0": "Hello", "content-1": "Good evening", "label-0": "Short",
    "label-1": "", "persona_count": "10", "detail": "snapshot", "book": "live",
}  # fmt: skip


def send(someone, do="start", **more):
    someone.open("/app/compare")
    return someone.send(
        "/app/compare", **{**FILLED, "form": someone.hidden("form"), "do": do, **more}
    )


def fields(page):
    return page.text.count('name="content-')


def test_variants_are_started_together_once(polis, someone):
    someone.open("/app/compare")
    form = someone.hidden("form")
    first = send(someone, form=form)
    assert first.status_code == 303
    assert send(someone, form=form).location == first.location
    compare_id = first.location.removeprefix("/app/runs/")
    polis.work_off()
    report = someone.agent().call("polis_report", run_id=compare_id)
    assert report["ready"]
    assert len(report["runs"]) == 2


def test_fields_are_added_and_removed_by_buttons_and_keep_what_was_typed(polis, someone):
    with polis.unchanged():
        three = send(someone, "add")
        assert fields(three) == 3
        five = send(someone, "add", **{"content-2": "Third", "content-3": "Fourth"})
        assert fields(five) == 5
        assert 'value="add"' not in five.text
        fewer = send(someone, "remove-1", **{"content-2": "Third"})
        assert fields(fewer) == 2
        assert "Third" in fewer.text
        assert "Good evening" not in fewer.text
        assert fields(send(someone, "remove-0")) == 2  # two are the least


@pytest.mark.parametrize(
    ("more", "sentence", "at"),
    [
        ({"content-1": " "}, "The text is missing.", "content-1"),
        ({"label-0": "x" * 81}, "The label must have at most 80 characters.", "label-0"),
        ({"persona_count": "9"}, "The number of people must be at least 10.", "persona_count"),
        ({"persona_count": ""}, "Write a whole number.", "persona_count"),
    ],
)
def test_what_will_not_do_is_said_beside_its_field(polis, someone, more, sentence, at):
    with polis.unchanged():
        answer = send(someone, **more)
    assert answer.status_code == 422
    assert f'<a href="#{at}">{sentence}</a>' in answer.text
    assert f'id="{at}-e"' in answer.text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "http://127.0.0.1/",
            "Only public http and https addresses on the usual ports are fetched.",
        ),
        ("somebody@example.com", "This is an e-mail address, not a page."),
    ],
)
@pytest.mark.parametrize("bad", [0, 1])
def test_an_address_nobody_fetches_is_said_beside_the_variant_that_has_it(
    polis, someone, bad, address, sentence
):
    pages = {"url-0": "https://page.example/a", "url-1": "https://page.example/b"}
    pages[f"url-{bad}"] = address
    with polis.unchanged():
        answer = send(someone, content_type="url", **pages)
    assert answer.status_code == 422
    told = f"{sentence} Choose Article and paste its text."
    assert f'<a href="#url-{bad}">{told}</a>' in answer.text
    assert f'id="url-{bad}-e"' in answer.text
    assert f'id="url-{1 - bad}-e"' not in answer.text


def test_the_price_is_that_of_all_runs_together(polis, someone):
    someone.open("/app/compare")
    with polis.unchanged():
        part = someone.part("/app/compare", **FILLED)
        short = send(someone, persona_count="1000")
    assert "20 tokens 2 runs, 1 token a person and run" in said(part)
    assert short.status_code == 402
    assert "700 tokens are missing" in said(short)


def test_earlier_runs_stand_beside_each_other_and_their_texts_in_the_form(polis, someone):
    agent = someone.agent()
    runs = [
        polis.complete_run(agent, content=text, label=label, seed=seed)
        for text, label, seed in (("One text", "Draft 1", 7), ("Two text", "Draft 2", 7), ("3", "Other", 8))
    ]  # fmt: skip
    same = someone.open(f"/app/compare?run={runs[0]}&run={runs[1]}")
    for each in (
        "Draft 1",
        "Draft 2",
        "One text",
        "Two text",
        "mean intent",
        "Point 0",
        "Leaned in",
    ):
        assert each in same.text
    assert "They were read by the same people." in same.text
    other = someone.open(f"/app/compare?run={runs[0]}&run={runs[2]}").text
    assert "They were read by different panels: the seeds differ." in other
    assert "What differs below may come from who read" in other


def test_a_run_without_a_report_and_one_of_another_type_are_said_to_be_so(polis, someone):
    agent = someone.agent()
    done = polis.complete_run(agent, label="Done")
    tweet = polis.complete_run(agent, content_type="tweet", label="Tweet")
    begun = agent.call("polis_test", content_type="text", content="x", persona_count=10)["run_id"]
    page = someone.open(f"/app/compare?run={done}&run={tweet}&run={begun}").text
    assert "1 of them has no report." in page
    assert "(waiting)" in page
    assert "types of text differ" in page
    assert "They are of different types." in page


def test_a_run_of_somebody_else_is_not_there(polis, someone):
    mine, theirs = polis.complete_run(someone.agent()), polis.complete_run(polis.agent())
    assert someone.open(f"/app/compare?run={mine}&run={theirs}").status_code == 404


def test_five_runs_ask_the_database_no_more_than_two(polis, someone):
    agent = someone.agent()
    runs = [polis.complete_run(agent, seed=n) for n in range(5)]
    asked = []
    for chosen in (runs[:2], runs):
        with counting(polis.services.database) as work:
            someone.open("/app/compare?" + "&".join(f"run={each}" for each in chosen))
        asked.append(len(work.statements))
    assert asked[0] == asked[1] <= 12


def test_a_run_whose_text_was_deleted_has_no_report_to_set_beside_another(polis, someone):
    agent = someone.agent()
    gone, kept = (polis.complete_run(agent, label=each) for each in ("Gone", "Kept"))
    with polis.services.transaction() as session:
        texts.delete_of(session, [gone], texts.PERSON, clock.now())
    page = someone.open(f"/app/compare?run={gone}&run={kept}")
    assert page.status_code == 200
    assert "1 of them has no report." in page.text
    assert "(text deleted)" in page.text
