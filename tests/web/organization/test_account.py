"""S35: deleting an account: out at once, undone by signing in, and then nobody is left."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import String, Text, func, select, type_coerce

from app.db import Base, JsonText
from app.domain import accounts, erasure, keys
from app.kit import clock
from app.models.accounts import Membership, Organization, User
from app.models.credentials import SignInSession
from app.models.runs import Run
from app.worker import letting_go
from tests import invariants, oauth
from tests.factories import Member
from tests.together import codes, together
from tests.web.account.browser import Visitor
from tests.web.account.somebody import somebody
from tests.web.organization.work import agent, old_run
from tests.web.team.people import stale

PAGE = "/app/settings/account"
# Where the id of somebody who is gone may stand: it names nobody any more.
ANONYMOUS = {
    "users": "the row the id belongs to, emptied",
    "organizations": "the organization that was theirs, emptied",
    "audit_events": "who did what stays in the chain, under the id alone",
    "spend_counters": "sums of what was spent, a part of the books",
    "spend_parts": "the same",
}


@pytest.fixture
def kim(team, email):
    """Somebody with a password and a run, who also works in the shared organization."""
    visitor = Visitor(team.polis)
    visitor.sign_in(somebody(team.polis, email))
    visitor.open("/app/keys")
    with team.services.database.reading() as session:
        person = accounts.find(session, email)
        user = session.get_one(User, person.user_id)
        visitor.who = Member(user.id, person.organization_id, "", "")
    team.place(visitor.who, "admin")
    return visitor


def going(kim, email):
    answer = kim.send(f"{PAGE}/delete", email=email)
    assert answer.status_code == 200, answer.text
    return answer


def a_week_later(team):
    with time_machine.travel(clock.now() + timedelta(days=7, seconds=1), tick=False):
        letting_go.deleted(team.services)


def places_of(services, needle):
    """Every table and column in which a text stands, whole or in part."""
    found = set()
    with services.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.c:
                if not isinstance(column.type, String | JsonText):
                    continue
                holds = type_coerce(column, Text).contains(needle, autoescape=True)
                if session.scalar(select(func.count()).select_from(table).where(holds)):
                    found.add((table.name, column.name))
    return found


def test_whoever_goes_is_signed_out_everywhere_and_their_keys_stop(team, kim, email):
    now = clock.now()
    with team.services.transaction() as session:
        own = keys.create(
            session, kim.who.organization_id, user_id=kim.who.user_id, name="own", now=now
        )
        shared = keys.create(session, team.id, user_id=kim.who.user_id, name="shared", now=now)
    other = Visitor(team.polis)
    other.sign_in(email)
    going(kim, email)
    for visitor in (kim, other):
        assert visitor.open("/app/team").location.startswith("/login")
    answers = [team.polis.as_(Member("", "", each.secret, "")).ask("tools/list").status_code
               for each in (own, shared)]  # fmt: skip
    assert answers == [403, 401]


def test_signing_in_offers_undo_and_nothing_else(team, kim, email):
    going(kim, email)
    kim.sign_in(email)
    for path in ("/app/", "/app/team", "/app/keys", "/device", "/app/settings/security"):
        assert kim.open(path).location == "/undo-deletion", path
    assert kim.open("/oauth/authorize").status_code == 400
    assert kim.open("/login").location == "/undo-deletion"
    assert "Keep your account?" in kim.open("/undo-deletion").text
    assert kim.send("/undo-deletion").status_code == 303
    assert kim.open("/app/team").status_code == 200
    a_week_later(team)
    assert kim.open("/app/team").status_code == 200


def test_nobody_holds_an_account_up_by_taking_the_address_it_would_go_under(team, kim, email):
    with team.services.transaction() as session:
        taken = f"{kim.who.user_id}@{erasure.NOBODY}"
        accounts.create(session, taken, password_digest="d", mode="off", now=clock.now())
    going(kim, email)
    a_week_later(team)
    with team.services.database.reading() as session:
        assert session.get_one(User, kim.who.user_id).deleted_at is not None


def test_to_let_it_go_one_signs_out(team, kim, email):
    going(kim, email)
    kim.sign_in(email)
    kim.open("/undo-deletion")
    assert kim.send("/logout").status_code == 303
    with team.services.database.reading() as session:
        mine = select(SignInSession.revoked_at).where(SignInSession.user_id == kim.who.user_id)
        assert all(session.scalars(mine))


def test_undo_is_nobodys_who_is_not_going(kim):
    assert kim.open("/undo-deletion").location == "/app/"
    kim.open("/app/keys")
    assert kim.send("/undo-deletion").status_code == 404


@pytest.mark.parametrize("typed", ["", "somebody@example.com"])
def test_ones_address_is_typed(kim, typed):
    assert kim.send(f"{PAGE}/delete", email=typed).status_code == 422
    assert kim.open("/app/team").status_code == 200


def test_it_takes_a_fresh_sign_in(kim, email):
    assert stale(kim).send(f"{PAGE}/delete", email=email).location.startswith("/login")


def test_the_last_owner_of_a_shared_organization_is_held_back_and_told_by_which(team, email):
    page = team.owner.open(PAGE).text
    assert "You are the last owner of Harbour light." in page
    assert "Delete your account</button>" not in page
    with team.services.database.reading() as session:
        own = session.get_one(User, team.owner.who.user_id).email
    assert team.owner.send(f"{PAGE}/delete", email=own).status_code == 409
    team.add("owner")
    assert team.owner.send(f"{PAGE}/delete", email=own).status_code == 200
    assert email


def test_an_owner_who_is_going_does_not_count_as_one_who_stays(team):
    second = team.add("owner")
    with team.services.database.reading() as session:
        own = session.get_one(User, second.who.user_id).email
    assert second.send(f"{PAGE}/delete", email=own).status_code == 200
    assert team.owner.send("/app/team/leave").status_code == 409


def test_two_owners_who_go_at_once_leave_one(team):
    from app.domain import deletion

    second = team.add("owner")
    with team.services.database.reading() as session:
        people = [
            oauth.signed_in(each.who, clock.now())._replace(
                email=session.get_one(User, each.who.user_id).email
            )
            for each in (team.owner, second)
        ]

    def go(number):
        with team.services.transaction() as session:
            person = people[number]
            return deletion.delete_account(session, person, person.email, clock.now())

    assert codes(together(2, go)) == {"ok": 1, "conflict": 1}


def test_s35_after_seven_days_nothing_names_them(team, kim, email, measured):
    program = agent(team)
    run_id = old_run(team, program, 1)
    with team.services.transaction() as session:
        session.get_one(Run, run_id).user_id = kim.who.user_id
        session.get_one(User, kim.who.user_id).name = "Kim Somebody"
        keys.create(
            session, team.id, user_id=kim.who.user_id, name="shared", now=clock.now(),
            made_from="203.0.113.77",
        )  # fmt: skip
    here = Member(kim.who.user_id, team.id, "", "")
    oauth.tokens(team.services, here)
    kim.send("/app/team/invitations", email="new@example.com", role="member")
    kim.ask_link(email)
    team.polis.work_off()
    assert len(places_of(team.services, kim.who.user_id)) > 5
    assert len(places_of(team.services, email)) >= 3
    going(kim, email)
    team.polis.work_off()
    a_week_later(team)
    assert places_of(team.services, email) == set()
    assert places_of(team.services, "Kim Somebody") == set()
    assert places_of(team.services, "203.0.113.77") == set()
    left = {table for table, _ in places_of(team.services, kim.who.user_id)}
    measured("S35", "places that still name a deleted person", len(left - ANONYMOUS.keys()))
    assert left - ANONYMOUS.keys() == set()
    assert program.call("polis_report", run_id=run_id)["ready"] is True
    with team.services.database.reading() as session:
        places = select(Membership).where(Membership.user_id == kim.who.user_id)
        assert session.scalars(places).all() == []
        own = session.get_one(Organization, kim.who.organization_id)
        assert (own.name, own.deleted_at is not None) == ("Deleted organization", True)
        ids = (team.id, kim.who.organization_id)
        assert list(invariants.broken(session, *ids)) == []


def test_the_address_is_free_again_and_gets_no_second_trial(team, kim, email):
    going(kim, email)
    a_week_later(team)
    again = Visitor(team.polis).sign_up(email)
    again.press(again.link(email))
    assert again.is_signed_in()
    with team.services.database.reading() as session:
        person = accounts.find(session, email)
    assert person.user_id != kim.who.user_id
    assert not re.search(r"300 trial", again.open("/app/").text)


def test_the_mail_says_how_to_undo_it(team, kim, email):
    going(kim, email)
    assert "/login" in kim.letter(email).body


def test_every_table_that_names_people_loses_them_or_says_why(team):
    from app.domain import belongings

    for whose in ("users", "organizations"):
        for table in Base.metadata.sorted_tables:
            names = [key.parent for key in table.foreign_keys if key.column.table.name == whose]
            if not names or table.name in {*belongings.KEPT, "users", "organizations"}:
                continue
            goes = list(belongings.going(table, whose, "x"))
            let_go = [each for each in names if each.nullable]
            assert goes or let_go, table.name
    assert team
