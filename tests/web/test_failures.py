"""What went wrong, as people and the parts of their pages are told."""

import re

import pytest

from app.domain import sessions
from app.kit import clock
from tests.tools.installation import polis, standing
from tests.web.account.browser import Visitor
from tests.web.team.conftest import team
from tests.web.test_rights_of_routes import a_key

__all__ = ["polis", "standing", "team"]

MISSING = "run_01m8m3wp7zz1yt49rz3r4r9ew0"


def part(visitor, path, around="", method="GET", **more):
    """What htmx is answered on a page."""
    told = {"HX-Request": "true"} | ({"HX-Current-URL": around} if around else {})
    return visitor.http.open(path, method=method, base_url=visitor.base, headers=told, **more)


@pytest.mark.parametrize("path", ["/app/usage", f"/app/runs/{MISSING}", "/app/nothing-here"])
def test_an_error_of_the_dashboard_keeps_its_signed_in_reader_in_it(team, path):
    reader = team.add("member") if path == "/app/usage" else team.owner
    page = reader.open(path)
    assert page.status_code in {403, 404}
    assert "Sign out" in page.text
    assert ">Sign in<" not in page.text
    assert re.search(r'<main.*href="/app/"', page.text, re.DOTALL)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/app/runz", "/app/runs"),
        ("/app/biling/x", "/app/billing"),
        ("/app/api-key", "/app/keys"),
        ("/app/connector-chek", "/app/check"),
    ],
)
def test_an_address_nearly_right_is_answered_with_the_nearest_page_of_the_dashboard(
    team, asked, meant
):
    page = team.owner.open(asked)
    assert page.status_code == 404
    assert re.search(rf'Perhaps you meant.*<a href="{meant}"><b>', page.text, re.DOTALL)
    assert "Perhaps you meant" not in team.owner.open("/app/qqqqqqqqqqqq").text


def test_no_page_is_named_that_a_role_does_not_open(team):
    member = team.add("member")
    assert "/app/audit" in team.owner.open("/app/audits").text.partition("Perhaps")[2]
    assert "/app/audit" not in member.open("/app/audits").text


def test_an_error_elsewhere_and_one_for_strangers_is_plain(team):
    for visitor, path in ((team.owner, "/nothing"), (Visitor(team.polis), "/app/nothing")):
        page = visitor.open(path)
        assert page.status_code == 404
        assert 'id="side"' not in page.text
        assert ">Front page<" in page.text


def test_what_breaks_on_our_side_is_told_outside_the_dashboard(team, monkeypatch):
    def broken(*_args):
        raise RuntimeError("a mistake of the test's own")

    monkeypatch.setattr("app.domain.set_up.of", broken)
    page = team.owner.open("/app/")
    assert page.status_code == 500
    assert 'id="side"' not in page.text
    assert "Sign out" in page.text
    assert 'href="/app/"' in page.text


def test_a_part_that_failed_is_not_put_into_its_page(team, monkeypatch):
    def broken(*_args):
        raise RuntimeError("a mistake of the test's own")

    monkeypatch.setattr("app.domain.set_up.of", broken)
    answer = part(team.owner, "/app/set-up")
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (500, "none")
    assert "HX-Refresh" not in answer.headers


def test_a_part_whose_thing_is_gone_has_its_page_opened_anew(team):
    assert part(team.owner, f"/app/runs/{MISSING}").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(("around", "onward"), [
    ("http://127.0.0.1:8000/app/runs?state=failed", "%2Fapp%2Fruns%3Fstate%3Dfailed"),
    ("https://evil.example/app/keys", "%2Fapp%2Fkeys"), ("https://evil.example//evil", "%2Fapp%2F"),
    ("javascript:alert(1)", "%2Fapp%2F"), ("", "%2Fapp%2F"), ("http://[", "%2Fapp%2F"),
])  # fmt: skip
def test_whose_session_ended_while_a_page_asks_signs_in_and_comes_back_to_it(team, around, onward):
    answer = part(Visitor(team.polis), "/app/runs/live?turn=3", around)
    assert (answer.status_code, answer.text) == (200, "")
    assert answer.headers["HX-Redirect"] == f"/login?next={onward}"


def test_whose_session_ended_while_they_type_keeps_what_they_typed(team):
    team.owner.open("/app/new")
    with team.services.transaction() as session:
        sessions.end_all(session, team.owner.who.user_id, clock.now())
    fields = {"csrf_token": team.owner.token, "content": "Hello"}
    answer = part(team.owner, "/app/new", "http://127.0.0.1:8000/app/new", "POST", data=fields)
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (401, "none")


def test_the_part_about_a_first_call_opened_as_a_page_leads_to_its_key(team):
    key = a_key(team, team.owner)
    answer = team.owner.open(f"/app/keys/{key}/first")
    assert (answer.status_code, answer.location) == (303, f"/app/keys/{key}")
    assert "Waiting for the first call" in part(team.owner, f"/app/keys/{key}/first").text
