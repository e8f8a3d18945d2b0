"""Any tool from the browser: as agents call it, its price first, no credential anywhere."""

import html
import json
import re

import pytest

from app.tools import TOOLS
from app.tools.schema import of_input
from tests.web.member import said

PATH = "/app/playground"
TEST = {"arg-content_type": "text", "arg-content": "Hello", "arg-persona_count": "10"}


def play(someone, tool, do="call", **fields):
    someone.open(f"{PATH}?tool={tool}")
    return someone.send(PATH, tool=tool, do=do, **fields)


def answer(page):
    """The JSON on the page, as an agent would have got it."""
    found = re.search(r'aria-label="Answer as JSON"><code>(.*?)</code>', page.text, re.DOTALL)
    return json.loads(html.unescape(re.sub(r"<[^>]+>", "", found[1])))


def price(page):
    return re.search(r'name="agreed" value="([^"]*)"', page.text)[1]


@pytest.mark.parametrize("name", TOOLS)
def test_a_tool_shows_every_argument_of_its_schema(someone, name):
    page = someone.open(f"{PATH}?tool={name}").text
    described = of_input(TOOLS[name].input)
    for argument, part in described.get("properties", {}).items():
        assert f'name="arg-{argument}"' in page
        assert html.escape(part["description"], quote=False)[:40] in html.unescape(page)


def test_a_free_tool_is_called_at_once(polis, someone, email):
    with polis.unchanged():
        page = play(someone, "polis_account")
    told = answer(page)
    assert told["email"] == email
    assert told["pack_tokens_remaining"] == 1000
    assert told["_usage"]["plan"] == "test"
    assert "200 OK" in page.text


def test_nothing_that_costs_is_called_before_its_price_was_seen(polis, someone):
    with polis.unchanged():
        page = play(someone, "polis_test", **TEST)
        assert price(page) == "15 test"
    done = someone.send(PATH, tool="polis_test", do="agree", agreed="15 test", **TEST)
    told = answer(done)
    assert told["tokens_charged"] == 15
    assert told["_usage"]["included_tokens_remaining"] == 5000 - 15


@pytest.mark.parametrize(
    "agreed",
    ["", "14 test", "15 live", "15", "x test", "-15 test", "\N{ARABIC-INDIC DIGIT NINE}9 test"],
)
def test_a_price_nobody_saw_buys_nothing(polis, someone, agreed):
    with polis.unchanged():
        page = play(someone, "polis_test", do="agree", agreed=agreed, **TEST)
    if agreed == "14 test":
        assert answer(page)["error"]["code"] == "price_changed"
    else:
        assert price(page) == "15 test"


def test_the_organizations_tokens_are_spent_only_where_that_was_ticked(polis, someone):
    with polis.unchanged():
        assert price(play(someone, "polis_test", spend="yes", **TEST)) == "15 live"
    told = answer(play(someone, "polis_test", "agree", agreed="15 live", spend="yes", **TEST))
    assert told["_usage"]["plan"] == "trial"
    assert told["_usage"]["held_tokens"] == 15


def test_a_button_pressed_twice_calls_once(polis, someone):
    page = play(someone, "polis_test", **TEST)
    key = re.search(r'name="arg-idempotency_key" type="text" value="(play_\w+)"', page.text)[1]
    fields = {**TEST, "arg-idempotency_key": key, "agreed": "15 test", "tool": "polis_test"}
    first, second = (answer(someone.send(PATH, do="agree", **fields)) for _ in range(2))
    assert first["run_id"] == second["run_id"]


def test_a_question_has_its_exact_price_too(polis, someone):
    agent = someone.agent(book="test")
    run_id = polis.complete_run(agent)
    asked = {"arg-run_id": run_id, "arg-target": "panel", "arg-question": "Why?"}
    with polis.unchanged():
        assert price(play(someone, "polis_ask", **asked)) == "10 test"


def test_a_refusal_is_the_one_an_agent_gets(polis, someone):
    agent = someone.agent(book="test")
    given = {"content_type": "text", "persona_count": 5}
    refused = agent.refusal("polis_test", **given)
    with polis.unchanged():
        page = play(someone, "polis_test", **{f"arg-{k}": str(v) for k, v in given.items()})
    told = answer(page)["error"]
    assert "422" in page.text
    assert {**told, "request_id": ""} == {**refused, "request_id": ""}
    assert told["request_id"] in said(page)


@pytest.mark.parametrize(
    ("tool", "fields", "sentence"),
    [
        ("polis_test", {"arg-persona_count": "many"}, "Write a whole number."),
        ("polis_compare", {"arg-variants": "[{"}, "This is no JSON."),
        ("polis_compare", {"arg-variants": "[" * 50_000}, "This is no JSON."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(polis, someone, tool, fields, sentence):
    with polis.unchanged():
        page = play(someone, tool, **fields)
    assert page.status_code == 422
    assert page.text.count(sentence) == 2


def test_lists_are_given_as_json(polis, someone):
    variants = '[{"content": "One"}, {"content": "Tw\\ud800"}]'
    fields = {"arg-content_type": "text", "arg-persona_count": "10", "arg-variants": variants}
    assert answer(play(someone, "polis_compare", **fields))["error"]["code"] == "invalid_input"
    fields["arg-variants"] = '[{"content": "One"}, {"content": "Two"}]'
    assert price(play(someone, "polis_compare", **fields)) == "30 test"


def test_the_same_call_is_shown_for_a_shell_and_for_mcp_without_a_credential(polis, someone):
    someone.agent()
    text = "It's <b>here</b>"
    page = play(someone, "polis_estimate", do="", **{**TEST, "arg-content": text})
    shown = html.unescape(re.sub(r"<[^>]+>", "", page.text))
    assert 'Authorization: Bearer $POLIS_KEY"' in shown
    assert "/api/v1/estimate" in shown
    assert """It'"'"'s <b>here</b>""" in shown
    assert '"method": "tools/call"' in shown
    assert re.search(r"sk_(live|test)_\w{20}", page.text) is None
    assert someone.cookie("polis") not in page.text


def test_an_unknown_tool_is_not_there(someone):
    assert someone.open(f"{PATH}?tool=polis_nothing").status_code == 404
    someone.open(PATH)
    assert someone.send(PATH, tool="polis_nothing").status_code == 404


def test_a_page_is_checked_before_anything_is_held(polis, someone):
    page = {"arg-content_type": "url", "arg-url": "http://127.0.0.1/", "arg-persona_count": "10"}
    assert price(play(someone, "polis_test", **page)) == "15 test"
    with polis.unchanged():
        refused = someone.send(PATH, tool="polis_test", do="agree", agreed="15 test", **page)
    assert answer(refused)["error"]["code"] == "url_blocked"
