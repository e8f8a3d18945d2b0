"""Connected apps: one row an app, and its end for every client in it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.kit import clock
from app.models.grants import Grant
from app.models.limits import SpendCounter
from tests import oauth
from tests.web.account.counted import counting
from tests.web.apps.desk import FORM, known, made
from tests.web.apps.people import belongs, colleague, press
from tests.web.oauth.visitor import Visitor, fields, visitor

CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


def _apps(page):
    return re.findall(r'<input type="hidden" name="app" value="(\w+)">', page.text)


def _disconnect(visitor, page, **changed):
    return visitor.post("/app/apps", {**fields(page), **changed})


def test_a_stranger_signs_in_first(polis):
    answer = Visitor(polis, None).get("/app/apps")
    assert answer.headers["Location"].startswith("/login?next=%2Fapp%2Fapps")


def test_with_nothing_connected_the_way_to_connect_stands_there(kim):
    page = kim.get("/app/apps")
    assert "No app is connected." in page.text
    assert "http://127.0.0.1:8000/mcp" in page.text
    steps = re.findall("<li><span>(.*?)</span></li>", page.text.partition('<ol class="steps')[2])
    assert steps == [
        "In Claude, open Settings, Connectors. In ChatGPT, open Settings, Apps.",
        "Choose “Add custom connector” and paste this address.",
        "Come back here to approve it and set its limit.",
    ]
    assert (
        "Removing Polis inside Claude or ChatGPT does not end this connection: disconnect here"
        in page.text
    )


def test_clients_of_the_same_name_and_hosts_are_one_row(polis, kim):
    for name in ("Claude Code", "Claude Code", "Cursor"):
        app = oauth.client(polis.services, name=name, redirect_uris=["http://localhost/cb"])
        kim.answer(kim.ask(app), "approve", limit="70")
    page = kim.get("/app/apps")
    assert len(_apps(page)) == 2
    assert "2 connections" in page.text
    assert "localhost" in page.text
    assert "0 of 70 tokens" in page.text


def test_a_row_says_what_was_spent_and_when_it_was_used(polis, kim):
    app, used = oauth.client(polis.services), clock.now() - timedelta(days=3)
    oauth.approved(polis.services, kim.who, app)
    (grant,) = kim.grants()
    subject = f"app:{grant.organization_id}:{grant.app}"
    with polis.services.transaction() as session:
        row = session.get_one(Grant, grant.id)
        row.first_used_at, row.last_used_at = used, clock.now()
        for month in (clock.EPOCH, clock.month_start(clock.now())):
            session.add(SpendCounter(subject=subject, book="live", period_start=month, used=600))
    page = kim.get("/app/apps")
    assert "600 tokens" in page.text
    assert "1,200 ever" in page.text
    assert f"{used:%-d %B %Y}" in page.text
    assert "No limit of its own" in page.text
    with polis.services.transaction() as session:  # no run stands behind these figures
        session.execute(delete(SpendCounter).where(SpendCounter.subject == subject))


def test_an_app_that_changes_its_face_is_shown_as_what_was_approved(polis, kim):
    maker = visitor(polis)
    path, row, _ = made(maker, name="Helper", redirect_uris=oauth.REDIRECT)
    kim.answer(kim.ask(known(polis.services, row)), "approve")
    face = {"name": "Claude", "redirect_uris": "https://claude.ai/api/mcp/auth_callback"}
    press(maker, f"{path}/edit", **(FORM | face))
    assert known(polis.services, row).verified
    (grant,) = kim.grants()
    single, row = f"connections/{grant.id}", f"apps/{grant.organization_id}/{grant.app}"
    for page in ("apps", single, row):
        told = kim.get(f"/app/{page}").text
        assert "app.example" in told, page
        assert "unverified" in told, page
        assert "claude.ai" not in told, page


def test_an_app_that_came_without_a_browser_has_no_place(polis, kim):
    client = oauth.client(polis.services)
    oauth.approved(polis.services, kim.who, client)
    with polis.services.transaction() as session:
        session.get_one(Grant, kim.grants()[0].id).redirect_uri = None
    assert "app.example" not in kim.get("/app/apps").text


def test_disconnecting_ends_every_client_of_the_app_and_no_other(polis, kim):
    for name in ("Notes", "Notes", "Other"):
        kim.answer(kim.ask(oauth.client(polis.services, name=name)), "approve")
    page = kim.get("/app/apps")
    notes = next(grant.app for grant in kim.grants())
    answer = _disconnect(kim, page, app=notes)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/app/apps?ended=2")
    assert [grant.ended_because for grant in kim.grants()] == ["disconnected", "disconnected", None]
    assert len(_apps(kim.get("/app/apps"))) == 1


def test_disconnecting_asks_again_next_time(polis, kim):
    app = oauth.client(polis.services, **CONFIDENTIAL)
    kim.answer(kim.ask(app), "approve")
    assert kim.ask(app).status_code == 302
    _disconnect(kim, kim.get("/app/apps"))
    assert kim.ask(app).status_code == 200


def test_a_forged_disconnection_ends_nothing(polis, kim):
    kim.answer(kim.ask(oauth.client(polis.services)), "approve")
    form = fields(kim.get("/app/apps"))
    del form["csrf_token"]
    assert kim.post("/app/apps", form).status_code == 400
    assert kim.grants()[0].ended_at is None


def test_a_stranger_to_the_organization_ends_nothing(polis, kim):
    kim.answer(kim.ask(oauth.client(polis.services)), "approve")
    other, (grant,) = visitor(polis), kim.grants()
    token = fields(other.get("/app/apps"))["csrf_token"]
    form = {"csrf_token": token, "organization": grant.organization_id, "app": grant.app}
    assert other.post("/app/apps", form).status_code == 404
    assert kim.grants()[0].ended_at is None


@pytest.mark.parametrize(("role", "sees"), [("member", False), ("admin", True), ("owner", True)])
def test_a_member_sees_and_ends_their_own_and_an_admin_everybodys(polis, kim, role, sees):
    kim.answer(kim.ask(oauth.client(polis.services)), "approve")
    other, (grant,) = colleague(polis, kim, role), kim.grants()
    page = other.get("/app/apps")
    assert (grant.app in _apps(page)) is sees
    form = {"organization": grant.organization_id, "app": grant.app}
    token = fields(page)["csrf_token"]
    other.post("/app/apps", {"csrf_token": token, **form})
    assert (kim.grants()[0].ended_at is not None) is sees


def test_only_the_organization_that_is_looked_at_is_shown(polis, kim):
    other = visitor(polis)
    other.answer(other.ask(oauth.client(polis.services, name="Theirs")), "approve")
    kim.answer(kim.ask(oauth.client(polis.services, name="Mine")), "approve")
    assert "Mine" in kim.get("/app/apps").text
    belongs(polis, kim, other, "owner")
    page = kim.get("/app/apps").text
    assert "Theirs" in page
    assert "Mine" not in page


def test_a_button_of_the_list_asks_first_and_the_answer_goes_to_the_same_address(polis, kim):
    for _ in range(2):
        kim.answer(kim.ask(oauth.client(polis.services, name="Notes")), "approve")
    form = fields(kim.get("/app/apps"))
    asked = kim.post("/app/apps", {**form, "do": "ask"})
    told = " ".join(asked.text.split())
    assert "Disconnect Notes?" in told
    assert "2 connections of Notes, 1 person, end with every token. It was never used." in told
    assert [grant.ended_at for grant in kim.grants()] == [None, None]
    assert kim.post("/app/apps", fields(asked)).headers["Location"] == "/app/apps?ended=2"


def test_all_apps_are_disconnected_at_once_after_saying_what_ends(polis, kim):
    for name in ("Notes", "Other"):
        kim.answer(kim.ask(oauth.client(polis.services, name=name)), "approve")
    asked = kim.post("/app/apps", {**fields(kim.get("/app/apps")), "do": "ask all"})
    assert "Disconnect every app?" in asked.text
    for name in ("Notes", "Other"):
        assert f"1 connection of {name}" in asked.text
    assert kim.post("/app/apps", fields(asked)).headers["Location"] == "/app/apps?ended=2"
    assert None not in [grant.ended_at for grant in kim.grants()]
    assert "No app is connected." in kim.get("/app/apps").text


def test_many_apps_take_no_more_queries_than_few(polis, kim):
    counts = []
    for more in (1, 4):
        for number in range(more):
            app = oauth.client(polis.services, name=f"App {more} {number}")
            oauth.approved(polis.services, kim.who, app)
        kim.get("/app/apps")
        with counting(polis.services.database) as work:
            kim.get("/app/apps")
        counts.append(len(work.statements))
    assert counts[0] == counts[1] <= 12
