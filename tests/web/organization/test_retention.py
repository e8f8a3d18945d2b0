"""How long runs are kept: asked about before anything is lost, and then text by text."""

from datetime import timedelta

import pytest
import time_machine

from app.kit import clock
from app.models.accounts import Organization
from app.models.runs import Run
from app.worker import letting_go
from tests import invariants
from tests.web.account.counted import counting
from tests.web.organization.work import agent, has_text, old_run
from tests.web.team.people import stale

PAGE = "/app/settings/organization"
KEEP = f"{PAGE}/retention"


def kept_for(team):
    with team.services.database.reading() as session:
        return session.get(Organization, team.id, populate_existing=True).retention_days


def test_a_shorter_time_is_asked_about_with_what_goes(team):
    program = agent(team)
    for days in (100, 40, 10):
        old_run(team, program, days)
    asked = team.owner.send(KEEP, days="30")
    assert asked.status_code == 200
    assert "2 runs are older." in asked.text
    assert kept_for(team) is None
    assert team.owner.send(KEEP, days="30", sure="yes").status_code == 303
    assert kept_for(team) == 30
    assert [act.details for act in team.acts("organization.retention")] == [
        {"from": None, "to": 30}
    ]


def test_a_longer_time_is_saved_at_once(team):
    team.owner.send(KEEP, days="90", sure="yes")
    assert stale(team.owner).send(KEEP, days="365").location.startswith(PAGE)
    assert team.owner.send(KEEP, days="ever").status_code == 303
    assert kept_for(team) is None


def test_that_something_is_deleted_is_said_where_a_time_was_shortened(team):
    for days, deletes in (
        ("90", True),
        ("30", True),
        ("30", False),
        ("90", False),
        ("ever", False),
    ):
        page = team.owner.open(team.owner.send(KEEP, days=days, sure="yes").location).text
        assert "Saved." in page
        assert ("What is older is deleted within minutes" in page) == deletes, days


def test_a_shorter_time_takes_a_fresh_sign_in_and_comes_back_to_the_question(team):
    answer = stale(team.owner).send(KEEP, days="30", sure="yes")
    assert answer.location.startswith("/login?next=%2Fapp%2Fsettings%2Forganization%2Fretention")
    assert kept_for(team) is None
    assert "Keep runs for 30 days?" in team.owner.open(f"{KEEP}?days=30").text


@pytest.mark.parametrize("typed", ["", "7", "-1", "thirty", "0"])
def test_what_cannot_be_chosen_is_refused(team, typed):
    assert team.owner.send(KEEP, days=typed).status_code == 422
    assert kept_for(team) is None


def test_only_what_is_older_loses_its_text_and_the_ledger_stays(team):
    program = agent(team)
    old, new = old_run(team, program, 31, asked=True), old_run(team, program, 29, asked=True)
    team.owner.send(KEEP, days="30", sure="yes")
    with team.services.database.reading() as session:
        spent = [session.get_one(Run, each).tokens for each in (old, new)]
    letting_go.old_texts(team.services)
    assert (has_text(team, old), has_text(team, new)) == (False, True)
    listed = {row["run_id"]: row for row in program.call("polis_runs")["runs"]}
    assert listed[old]["tokens"] == spent[0]
    assert listed[old]["text_deleted_at"]
    assert listed[new].get("text_deleted_at") is None
    refused = program.refusal("polis_report", run_id=old)
    assert refused["code"] == "not_found"
    assert "deleted by retention" in refused["message"]
    asked = program.refusal("polis_ask", run_id=old, target="panel", question="Still there?")
    assert "deleted by retention" in asked["message"]
    assert program.call("polis_status", run_id=old)["status"] == "complete"
    assert program.call("polis_report", run_id=new)["ready"] is True
    with team.services.database.reading() as session:
        assert list(invariants.broken(session, team.id)) == []


def test_what_still_runs_or_is_being_asked_is_left_alone(team):
    program = agent(team)
    asked = old_run(team, program, 40)
    program.call("polis_ask", run_id=asked, target="panel", question="Why?")
    team.owner.send(KEEP, days="30", sure="yes")
    letting_go.old_texts(team.services)
    assert has_text(team, asked)
    team.polis.work_off()
    letting_go.old_texts(team.services)
    assert not has_text(team, asked)


def test_other_organizations_keep_theirs(team):
    other = team.polis.agent()
    run_id = team.polis.complete_run(other)
    team.owner.send(KEEP, days="30", sure="yes")
    with time_machine.travel(clock.now() + timedelta(days=60), tick=False):
        letting_go.old_texts(team.services)
    assert has_text(team, run_id)


def test_many_go_in_small_batches(team):
    program = agent(team)
    runs = [old_run(team, program, 50) for _ in range(3)]
    team.owner.send(KEEP, days="30", sure="yes")
    assert letting_go.old_texts(team.services, stopped=lambda: True) == 0
    with counting(team.services.database) as work:
        assert letting_go.old_texts(team.services) >= 3
    assert not any(has_text(team, each) for each in runs)
    assert len(work.statements) < 20
