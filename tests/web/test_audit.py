"""The log: who did what, in words, page by page; checked, filtered, exported, for admins."""

import ast
import csv
import json
import re
from io import StringIO

import pytest
from sqlalchemy import text

from app.domain import audit, audit_log, audit_words, keys
from app.kit import clock
from app.models.accounts import User
from tests.house.source import sources
from tests.tools.installation import polis, standing
from tests.web.account.counted import counting
from tests.web.fixtures import email
from tests.web.team.conftest import team
from tests.web.team.people import Team

__all__ = ["email", "polis", "standing", "team"]

LOG = "/app/audit"
ACT = re.compile(
    r"(account|app|audit|export|invitation|key|limits|member|organization|secret|share|tokens|webhook)"
    r"\.[a-z_]+"
)
DROPPED = {
    "sqlite": ["DROP TRIGGER audit_events_no_update"],
    "postgresql": ["ALTER TABLE audit_events DISABLE TRIGGER USER"],
}


def write(team, count, action="test.done", **details):
    with team.services.transaction() as session:
        for number in range(count):
            facts = {"n": number, **details}
            by = team.owner.who.user_id
            audit.record(session, team.id, by, action, team.id, facts, clock.now())


def test_acts_are_told_with_the_names_of_who_and_what(team, email):
    admin = team.add("admin")
    with team.services.transaction() as session:
        keys.create(
            session, team.id, user_id=admin.who.user_id, name="Newsletter bot", now=clock.now()
        )
    team.owner.send("/app/team/invitations", email=email, role="member")
    page = admin.open(LOG).text.replace("<wbr>", "")
    for words in ("Made a key", "Newsletter bot", "Invited somebody", email, "You"):
        assert words in page
    assert team.owner.who.user_id not in page.partition("<tbody>")[2]


def test_details_are_told_in_words(team):
    write(team, 1, here=True, there=False, nothing=None, to={"tokens": 50, "ends": None})
    told = re.findall(r"(\w+): <span class=\"mono\">([\w, ]+)<", team.owner.open(LOG).text)
    words = {("here", "yes"), ("there", "no"), ("nothing", "none"), ("n", "0")}
    assert set(told) >= {*words, ("to", "tokens 50, ends none")}


def test_filters_stand_in_the_address_and_narrow_the_list(team):
    admin = team.add("admin")
    write(team, 2, "test.done")
    write(team, 1, "test.other")
    found = admin.open(f"{LOG}?action=test.other").text
    assert found.count("<tr>") == 2  # with the head
    assert 'value="test.other" selected' in found
    assert "No entry fits these filters." in admin.open(f"{LOG}?actor=nobody").text
    today = clock.now().date().isoformat()
    assert admin.open(f"{LOG}?since={today}&until={today}").text.count("<tr>") > 3
    assert "No entry fits" in admin.open(f"{LOG}?since=2999-01-01").text
    assert admin.open(f"{LOG}?since=rubbish&before=x").status_code == 200


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize(
    ("days", "fits", "field", "sentence"),
    [
        (
            "until=9999-12-31",
            True,
            "until",
            "Taken as 2999-12-31, the last day that can be asked for.",
        ),
        (
            "since=0001-01-01",
            True,
            "since",
            "Taken as 2000-01-01, the first day that can be asked for.",
        ),
        (
            "since=9999-12-31",
            False,
            "since",
            "Taken as 2999-12-31, the last day that can be asked for.",
        ),
    ],
)
def test_a_day_out_of_reach_is_the_nearest_one_and_that_is_said_beside_it(
    team, zone, days, fits, field, sentence
):
    write(team, 1)
    with team.services.transaction() as session:
        session.get_one(User, team.owner.who.user_id).time_zone = zone
    page = team.owner.open(f"{LOG}?{days}")
    assert page.status_code == 200
    assert ("Test: done" in page.text.partition("<tbody>")[2]) == fits
    assert re.search(rf'id="{field}-e">.*?{re.escape(sentence)}', page.text)
    for kind in ("csv", "jsonl"):
        file = team.owner.open(f"{LOG}.{kind}?{days}")
        assert file.status_code == 200
        assert ("test.done" in file.text) == fits


@pytest.mark.parametrize("typed", ["2026-13-01", "rubbish", "01/12/2026"])
def test_a_day_that_is_none_is_said_beside_its_field_and_no_file_is_made_of_it(team, typed):
    write(team, 1)
    page = team.owner.open(f"{LOG}?until={typed}")
    assert page.status_code == 200
    assert re.search(r'id="until-e">.*?Write the day as 2026-11-30\.', page.text)
    assert "Test: done" in page.text.partition("<tbody>")[2]
    assert f'href="{LOG}.csv?"' in page.text
    for kind in ("csv", "jsonl"):
        file = team.owner.open(f"{LOG}.{kind}?since={typed}")
        assert file.status_code == 422
        assert f"“{typed}” is no day." in file.text
    assert team.acts("audit.exported") == []


@pytest.mark.parametrize("number", [2**63, -(2**70), 10**30])
def test_a_page_before_a_number_no_entry_can_have_is_a_page(team, number):
    assert team.owner.open(f"{LOG}?before={number}").status_code == 200


def test_each_actor_and_each_act_is_offered_once(team):
    admin = team.add("admin")
    for action in ("test.done", "test.other", "test.done"):
        write(team, 2, action)
    page = admin.open(LOG).text
    for each in ("test.done", "test.other", team.owner.who.user_id):
        assert page.count(f'<option value="{each}"') == 1


def test_many_acts_are_paged_by_number_and_cost_no_more(team):
    write(team, audit_log.PAGE + 5)
    first = team.owner.open(LOG).text
    assert first.count("<tr>") == audit_log.PAGE + 1
    assert "Older" in first
    with counting(team.services.database) as work:
        older = team.owner.open(f"{LOG}?before=7").text
    assert older.count("<tr>") == 7
    assert len(work.statements) <= 12


def test_an_untouched_chain_is_said_to_hold(team):
    write(team, 3)
    assert "Chain verified to #4." in team.owner.open(f"{LOG}?check=1").text


def test_a_chain_somebody_changed_is_said_to_break_where_they_did(team):
    write(team, 3)
    database = team.services.database
    with database.transaction() as session:
        for statement in DROPPED[database.engine.dialect.name]:
            session.execute(text(statement))
        forged = text("UPDATE audit_events SET action = 'x.y' WHERE chain = :c AND number = 3")
        session.execute(forged, {"c": team.id})
        if not database.sqlite:
            session.execute(text("ALTER TABLE audit_events ENABLE TRIGGER USER"))
    try:
        assert "The chain breaks after #2." in team.owner.open(f"{LOG}?check=1").text
    finally:
        if database.sqlite:
            restore(database)


def restore(database):
    """The trigger this test took away: other tests share the installation."""
    with database.transaction() as session:
        session.execute(text(
            "CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events "
            "BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END"
        ))  # fmt: skip


@pytest.mark.parametrize("nasty", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_spreadsheet_is_a_formula(team, nasty):
    with team.services.transaction() as session:
        by = team.owner.who.user_id
        audit.record(session, team.id, by, nasty, nasty, {"name": nasty}, clock.now())
    rows = list(csv.DictReader(StringIO(team.owner.open(f"{LOG}.csv").text, newline="")))
    cells = [cell for row in rows for cell in row.values()]
    assert f"'{nasty}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_an_export_is_whole_filtered_and_an_act_itself(team):
    write(team, 600)
    lines = team.owner.open(f"{LOG}.jsonl?action=test.done").text.splitlines()
    told = [json.loads(each) for each in lines]
    assert [each["number"] for each in told] == list(range(601, 1, -1))
    assert told[0]["details"] == {"n": 599}
    exported = team.acts("audit.exported")
    assert [act.details for act in exported] == [{"format": "jsonl", "action": "test.done"}]
    everything = team.owner.open(f"{LOG}.csv")
    assert everything.headers["Content-Disposition"].startswith("attachment")
    assert len(everything.text.splitlines()) == 1 + 601 + 2


@pytest.mark.parametrize("path", [LOG, f"{LOG}.csv", f"{LOG}.jsonl"])
def test_it_is_for_admins_and_owners(team, path):
    assert team.add("member").open(path).status_code == 403
    assert team.add("admin").open(path).status_code == 200


def test_another_organizations_acts_are_not_among_them(team):
    other = Team(team.polis)
    write(other, 2, "test.elsewhere")
    assert "elsewhere" not in team.owner.open(LOG).text
    assert "elsewhere" not in team.owner.open(f"{LOG}.csv").text


def test_every_act_there_is_has_its_words():
    written = {
        node.value
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ACT.fullmatch(node.value)
    }
    assert {each for each in written - {"app.cli"} if each not in audit_words.ACTIONS} == set()
