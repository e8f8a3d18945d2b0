"""Deleting an organization: it stops at once, can be undone for seven days, and then is gone."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.db import Base
from app.kit import clock
from app.models.accounts import Organization
from app.models.audit import AuditEvent
from app.models.billing import LedgerEntry
from app.models.clients import Client
from app.models.grants import Grant
from app.worker import letting_go
from tests import invariants, oauth
from tests.factories import Member
from tests.web.organization.work import agent, old_run
from tests.web.team.people import Team, stale

PAGE = "/app/settings/organization"
DELETE = f"{PAGE}/delete"
STAY = {
    "ledger_entries", "monthly_movements", "balances", "purchases", "daily_usage", "clients",
    "organizations",
}  # fmt: skip


def deleted(team):
    answer = team.owner.send(DELETE, name="Harbour light")
    assert (answer.status_code, answer.location) == (303, PAGE)
    return team


def a_week_later(team, days=7):
    with time_machine.travel(clock.now() + timedelta(days=days, seconds=1), tick=False):
        letting_go.deleted(team.services)


def named_by(services, id_):
    """In which columns of which tables an id stands."""
    found = {}
    with services.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column.table.name == "organizations":
                    count = select(func.count()).select_from(table).where(key.parent == id_)
                    if session.scalar(count):
                        found[table.name] = key.parent.name
    return found


def test_its_keys_and_connections_stop_at_once_and_say_why(team):
    program = agent(team)
    run_id = old_run(team, program, 1)
    here = Member(team.owner.who.user_id, team.id, "", "")
    token = oauth.tokens(team.services, here)
    app = team.polis.as_(Member("", team.id, token.access_token, ""))
    deleted(team)
    for each in (program, app):
        answer = each.ask("tools/call", {"name": "polis_report", "arguments": {"run_id": run_id}})
        assert answer.status_code == 403
        assert "being deleted" in answer.text


def test_every_page_says_so_and_only_an_owner_may_undo_it(team):
    jonas = team.add("member")
    deleted(team)
    for visitor, undoes in ((team.owner, True), (jonas, False)):
        page = visitor.open("/app/team").text
        assert "This organization is being deleted." in page
        assert ("/app/settings/organization/undo" in page) == undoes
    assert jonas.send(f"{PAGE}/undo").status_code == 403
    assert "being deleted</span>" in jonas.open("/app/team").text


def test_undone_everything_works_again(team):
    program = agent(team)
    deleted(team)
    assert team.owner.send(f"{PAGE}/undo").status_code == 303
    assert program.ask("tools/list").status_code == 200
    a_week_later(team)
    assert program.ask("tools/list").status_code == 200
    assert [act.action for act in [*team.acts("organization.deletion_asked"),
            *team.acts("organization.deletion_undone")]] == [
        "organization.deletion_asked", "organization.deletion_undone"]  # fmt: skip


def test_nothing_is_changed_in_it_meanwhile(team):
    jonas = team.add("member")
    deleted(team)
    answer = team.owner.send(f"/app/team/{jonas.who.user_id}/role", role="admin")
    assert answer.status_code == 403
    assert team.role(jonas.who) == "member"
    assert jonas.send("/app/team/leave").status_code == 303  # nobody is held back


@pytest.mark.parametrize("typed", ["", "harbour", "Harbour", "Harbour lights"])
def test_its_name_is_typed(team, typed):
    answer = team.owner.send(DELETE, name=typed)
    assert answer.status_code == 422
    assert "being deleted" not in team.owner.open(PAGE).text


def test_it_takes_a_fresh_sign_in(team):
    assert stale(team.owner).send(DELETE, name="Harbour light").location.startswith("/login")
    assert "being deleted" not in team.owner.open(PAGE).text


def test_ones_own_goes_only_with_the_account(team):
    own = team.browser(team.owner.who, looking=None)
    answer = own.send(DELETE, name="whatever")
    assert answer.status_code == 409
    assert "ends with it" in answer.text


def test_every_owner_is_told_by_mail_and_its_name_is_not(team, email):
    second = team.add("owner", email=email)
    deleted(team)
    body = second.letter(email).body
    assert team.id in body
    assert "Harbour" not in body


def test_after_seven_days_nothing_of_it_is_left_but_money_and_the_log(team):
    program, jonas = agent(team), team.add("admin")
    old_run(team, program, 1, asked=True)
    team.polis.complete_comparison(program)
    here = Member(team.owner.who.user_id, team.id, "", "")
    oauth.tokens(team.services, here)
    team.owner.send("/app/team/invitations", email="new@example.com", role="member")
    team.owner.send(f"{PAGE}/exports")
    team.polis.work_off()
    before = entries(team)
    deleted(team)
    a_week_later(team, days=6)
    assert len(named_by(team.services, team.id)) > 6
    a_week_later(team)
    assert set(named_by(team.services, team.id)) <= STAY
    assert entries(team) == before
    with team.services.database.reading() as session:
        row = session.get_one(Organization, team.id)
        assert (row.name, row.deleted_at is not None) == ("Deleted organization", True)
        last = select(AuditEvent.action).where(AuditEvent.chain == team.id)
        assert session.scalars(last.order_by(AuditEvent.number.desc())).first() == (
            "organization.deleted"
        )
        assert list(invariants.broken(session, team.id)) == []
    assert "Harbour light" not in jonas.open("/app/team").text
    exported = team.services.settings.instance_dir / "exports"
    with team.services.database.reading() as session:
        from app.models.exports import Export

        living = set(session.scalars(select(Export.id)))
    assert {path.stem for path in exported.glob("exp_*")} <= living


def entries(team):
    with team.services.database.reading() as session:
        mine = select(LedgerEntry.id).where(LedgerEntry.organization_id == team.id)
        return sorted(session.scalars(mine))


def test_an_app_it_made_ends_for_everybody_who_connected_it(team):
    other = Team(team.polis)
    client = oauth.client(team.services, name="Theirs")
    with team.services.transaction() as session:
        row = session.get_one(Client, client.id)
        row.organization_id, row.kind = team.id, "developer"
    oauth.approved(team.services, Member(other.owner.who.user_id, other.id, "", ""), client)
    deleted(team)
    a_week_later(team)
    with team.services.database.reading() as session:
        grant = session.scalar(select(Grant).where(Grant.organization_id == other.id))
        assert grant.ended_at is not None
        kept = session.get_one(Client, client.id)
        assert (kept.name, kept.redirect_uris) == ("Deleted app", [])


def test_other_organizations_lose_nothing(team):
    other = team.polis.agent()
    run_id = team.polis.complete_run(other)
    agent(team)
    deleted(team)
    a_week_later(team)
    assert other.call("polis_report", run_id=run_id)["ready"] is True
