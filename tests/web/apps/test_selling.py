"""An app that must not sell: no polis_topup, no dollars, no page that sells; by whichever door."""

import json
from dataclasses import replace

import pytest

from app.kit import clock
from tests import oauth
from tests.tools.agent import MODERN, NEWEST_LEGACY, OVERAGE, promised
from tests.tools.installation import HELLO
from tests.web.apps.alone import alone, own
from tests.web.apps.people import acts, colleague, grant_of, press
from tests.web.oauth.visitor import visitor
from tests.web.paying import legacy, modern
from tests.web.queries import counted
from tests.web.rest.program import Program

SOLD = {"checkout_urls", "topup_packs", "overage_usd", "cap_usd"}
DEAR = {**HELLO, "persona_count": 1000, "detail": "deep"}
MEND = "Test with fewer personas or less detail, or ask an owner of the organization."
WORDS = ("topup", "top up", "checkout", "usd", "dollar", "buy", "pack to", "sell", "overage_")


class Connected:
    """An app somebody approved: its agent, its grant, and the page that says whether it sells."""

    def __init__(self, browser, app=None, **more):
        person = oauth.signed_in(browser.who, clock.now())
        app = app or oauth.client(browser.services)
        made = oauth.tokens(browser.services, browser.who, app, person=person, **more)
        self.grant_id = made.grant_id
        self.agent = browser.polis.as_(replace(browser.who, key=made.access_token))
        self.program = Program(self.agent)
        grant = grant_of(browser.services, made.grant_id)
        self.page = f"/app/apps/{grant.organization_id}/{grant.app}"

    def sells(self):
        return "checkout_urls" in self.agent.call("polis_account")


@pytest.fixture
def app(polis):
    return oauth.client(polis.services)


@pytest.fixture
def kept(kim, app):
    """An app its owner keeps from selling."""
    made = Connected(kim, app)
    assert keep(kim, made).status_code == 303
    return made


def keep(browser, made):
    """Press the form with its box unticked."""
    return press(browser, made.page)


def let(browser, made):
    return press(browser, made.page, sells="yes")


def names(agent, revision):
    return [tool["name"] for tool in listed(agent, revision)]


def listed(agent, revision):
    asked = agent.modern if revision == MODERN else agent.result
    return asked("tools/list")["tools"]


def in_both_eras(agent, tool, arguments):
    """A tool's result in either era, held to the promises."""
    params = {"name": tool, "arguments": arguments}
    for result in (agent.result("tools/call", params), agent.modern("tools/call", params)):
        yield promised(tool, result)["structuredContent"]


@pytest.mark.parametrize("revision", [NEWEST_LEGACY, MODERN])
def test_it_is_shown_every_tool_but_the_one_that_sells_and_no_field_of_money(kim, app, revision):
    made = Connected(kim, app)
    before = names(made.agent, revision)
    keep(kim, made)
    after = listed(made.agent, revision)
    assert [tool["name"] for tool in after] == [name for name in before if name != "polis_topup"]
    told = json.dumps(after).lower()
    assert [word for word in WORDS if word in told] == []
    reader = Connected(kim, app, scopes=("mcp:read",))
    assert set(names(reader.agent, revision)) < set(before) - {"polis_topup"}
    let(kim, made)
    assert names(made.agent, revision) == before


def test_calling_polis_topup_is_answered_as_an_unknown_tool_is(kept):
    error = {"code": -32602, "message": "Unknown tool: polis_topup"}
    assert legacy(kept.agent)["error"] == error
    params = {"name": "polis_topup", "arguments": {"pack": "small"}, "requestState": "x"}
    assert kept.agent.ask_modern("tools/call", params).json["error"] == error


def test_without_mcp_its_address_is_an_unknown_one(kept):
    unknown, topup = kept.program.send("nothing"), kept.program.send("topup", {"pack": "small"})
    assert (unknown.status_code, topup.status_code) == (404, 404)
    assert topup.json["error"]["code"] == unknown.json["error"]["code"] == "not_found"
    assert topup.json.keys() == unknown.json.keys() == {"error"}, "not even what is left"
    assert "topup" not in topup.text
    assert kept.program.send("topup", b"{").status_code == 404


def test_the_account_tells_tokens_and_nothing_on_sale(kim, kept):
    key = kim.polis.as_(kim.who).call("polis_account")
    for answer in [
        *in_both_eras(kept.agent, "polis_account", {}),
        kept.program.call("account"),
    ]:
        assert answer.keys() == key.keys() - SOLD
        assert answer["_usage"].keys() == key["_usage"].keys() - OVERAGE


def test_an_estimate_is_in_tokens_alone(kim, kept):
    key = kim.polis.as_(kim.who).call("polis_estimate", **HELLO)
    for answer in [
        *in_both_eras(kept.agent, "polis_estimate", HELLO),
        kept.program.call("estimate", **HELLO),
    ]:
        assert answer.keys() == key.keys() - {"usd"}
        assert answer["split"] == key["split"]
        assert not answer["_usage"].keys() & OVERAGE


@pytest.mark.parametrize("plan", [None, "starter"])
def test_a_refusal_for_lack_of_tokens_does_not_speak_of_buying(kim, kept, plan):
    if plan is not None:
        kim.polis.on_plan(kim.polis.as_(kim.who), plan)
    while (key := kim.polis.as_(kim.who).outcome("polis_test", DEAR))["isError"] is False:
        pass
    error = key["structuredContent"]["error"]
    assert error["code"] == ("not_enough_tokens" if plan is None else "spend_cap_reached")
    assert {"topup_packs", "checkout_urls", "billing_url"} < error["details"].keys()
    for answer in [
        *in_both_eras(kept.agent, "polis_test", DEAR),
        {"error": kept.program.refusal("test", 402, **DEAR)},
    ]:
        told = answer["error"]
        assert (told["code"], told["message"], told["hint"]) == (
            error["code"], error["message"], MEND,
        )  # fmt: skip
        facts = {"needed_tokens", "missing_tokens"} | ({"limit"} if plan else set())
        assert told["details"].keys() == facts
        assert not answer.get("_usage", {}).keys() & OVERAGE
    kim.polis.work_off()


def test_its_own_limit_still_says_where_it_is_raised(kim, app):
    made = Connected(kim, app, cap=5)
    keep(kim, made)
    error = made.agent.refusal("polis_test", **HELLO)
    assert error["hint"] == "Ask an owner of the organization to raise the limit."
    assert error["details"]["raise_limit_url"].endswith("/app/apps")


def test_a_task_ends_with_the_same_trimmed_figures(kim, kept):
    run_id = kept.agent.call("polis_test", **{**HELLO, "persona_count": 10})["run_id"]
    kim.polis.work_off()
    tasks = {"extensions": {"io.modelcontextprotocol/tasks": {}}}
    task = kept.agent.modern("tasks/get", {"taskId": run_id}, tasks)
    result = promised("polis_test", task["result"])
    assert not result["structuredContent"]["_usage"].keys() & OVERAGE


def test_it_costs_the_hot_path_no_statement(kim, app):
    made = Connected(kim, app)
    made.agent.call("polis_account")
    with counted(kim.services.database) as before:
        made.agent.call("polis_account")
    keep(kim, made)
    with counted(kim.services.database) as after:
        made.agent.call("polis_account")
    assert len(after) == len(before)


def test_it_holds_for_every_connection_of_the_app_those_to_come_and_those_of_others(kim, app):
    first, second = Connected(kim, app), Connected(kim, app)
    keep(kim, first)
    assert (first.sells(), second.sells()) == (False, False)
    again = Connected(kim, app)
    assert not again.sells()
    press(kim, "/app/apps", app=first.page.rpartition("/")[2])
    assert first.agent.ask("tools/list").status_code == 401
    later = Connected(kim, app)
    assert not later.sells(), "connected anew after all of it was ended"
    let(kim, later)
    assert later.sells()


def test_another_client_that_is_the_same_app_to_people_inherits_it(kim, kept, app):
    same = oauth.client(kim.services, name=app.name)
    assert not Connected(kim, same).sells()
    assert Connected(kim, oauth.client(kim.services, name="Another")).sells()


def test_the_same_app_of_another_organization_and_keys_are_not_touched(polis, kim, kept, app):
    other = Connected(visitor(polis), app)
    key = polis.as_(kim.who)
    for agent in (other.agent, key):
        assert "polis_topup" in names(agent, NEWEST_LEGACY)
        assert "topup_packs" in agent.call("polis_account")
        assert modern(agent, capabilities={})["result"]["isError"] is False
    assert not kept.sells()


def test_an_app_that_acts_alone_is_kept_from_it_over_its_renewals(polis, kim):
    path, row, secret = alone(kim)
    token = own(polis, row, secret).json["access_token"]
    agent = polis.as_(replace(kim.who, key=token))
    page = kim.get("/app/apps").text.partition('<tr><th scope="row">')[2]
    page = page.partition('<a href="')[2].partition('"')[0]
    press(kim, page)
    assert "polis_topup" not in names(agent, NEWEST_LEGACY)
    press(kim, path, acts_alone="")
    press(kim, path, acts_alone="on")
    token = own(polis, row, secret).json["access_token"]
    agent = polis.as_(replace(kim.who, key=token))
    assert "polis_topup" not in names(agent, NEWEST_LEGACY)


@pytest.mark.parametrize("role", ["member", "admin"])
def test_nobody_below_an_owner_changes_it(polis, kim, app, role):
    other = colleague(polis, kim, role, verified=True)
    theirs = replace(other.who, organization_id=kim.who.organization_id)
    made = oauth.tokens(polis.services, theirs, app)
    grant = grant_of(polis.services, made.grant_id)
    page = f"/app/apps/{grant.organization_id}/{grant.app}"
    assert 'name="sells"' not in other.get(page).text
    assert press(other, page).status_code == 403
    assert grant_of(polis.services, made.grant_id).never_sells is False
    assert press(kim, page).status_code == 303
    assert press(other, page, sells="yes").status_code == 403
    assert grant_of(polis.services, made.grant_id).never_sells is True
    assert "An owner keeps this app from offering to buy tokens." in other.get(page).text


def test_the_page_shows_the_box_as_it_stands_and_what_was_done(kim, app):
    made = Connected(kim, app)
    ticked = 'name="sells" value="yes" checked'
    before = kim.get(made.page).text
    assert ticked in before
    assert "Some directories of connectors forbid selling." in before
    answer = keep(kim, made)
    assert answer.headers["Location"] == f"{made.page}?saved"
    after = kim.get(answer.headers["Location"]).text
    assert ticked not in after
    assert "Saved." in after
    assert "Kept from offering to buy tokens by you" in after
    let(kim, made)
    let(kim, made)
    page = kim.get(made.page).text
    assert ticked in page
    assert page.count("Let offer to buy tokens by you") == 1
    _, *done = acts(kim.services, made.grant_id)
    assert [(each.action, each.details["to"], each.actor) for each in done] == [
        ("app.sells_no_more", {"sells": False}, kim.who.user_id),
        ("app.sells", {"sells": True}, kim.who.user_id),
    ]
    assert "Keeps an app from offering to buy tokens" in kim.get("/app/audit").text


def test_an_app_nobody_connected_does_not_exist(kim):
    assert press(kim, f"/app/apps/{kim.who.organization_id}/nothing").status_code == 404
    assert press(kim, "/app/apps/org_none/nothing").status_code == 404
