"""Inviting by mail: bound to an address, once, for seven days, never above one's own role."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text

from app.domain import accounts, invitations
from app.domain import invited as receiving
from app.kit import clock, ids
from app.models.accounts import Membership, User
from app.models.invitations import Invitation
from tests import oauth
from tests.factories import member
from tests.together import codes, together
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.account.somebody import somebody
from tests.web.team.people import Team

LIST = "/app/team"


def invited(team, email, role="member", by=None):
    """The path of the link in the mail somebody got."""
    answer = (by or team.owner).send(f"{LIST}/invitations", email=email, role=role)
    assert answer.status_code == 303, answer.text
    return link(team, email)


def link(team, email):
    return re.search(r"(/invite/\S+)", team.owner.letter(email).body)[1]


def id_of(team, email):
    with team.services.database.reading() as session:
        newest = select(Invitation.id).where(Invitation.email == email)
        return session.scalar(newest.order_by(Invitation.id.desc()).limit(1))


def guest(team, email):
    """Somebody with an account, signed in elsewhere."""
    return team.browser(member(team.services, email=email, verified=True), looking=None)


def test_whoever_has_an_account_joins_by_the_link_in_their_mail(team, email):
    path = invited(team, email, "admin")
    kim = guest(team, email)
    assert "Join Harbour light?" in kim.open(path).text
    assert team.role(kim.who) is None
    welcomed = kim.open(kim.send(path).location).text
    assert "<b>You joined Harbour light.</b>" in welcomed
    assert team.role(kim.who) == "admin"
    assert "Harbour light" in kim.open(LIST).text
    joined = team.acts("member.joined")
    assert [act.actor for act in joined] == [kim.who.user_id]


def test_page_and_letter_say_as_long_as_the_link_works(team, email):
    invited(team, email)
    days = invitations.LIFE.days
    assert f"works once, for {days} days:" in team.owner.letter(email).body
    assert f"works once, for {days} days, and only for" in team.owner.open(LIST).text
    assert f"works once, for {days} days." in team.owner.open(f"{LIST}?done=invited").text


def test_whoever_has_none_signs_up_first_and_comes_back(team, email):
    path = invited(team, email)
    kim = Visitor(team.polis)
    kim.open(path)
    came = kim.send(path)
    assert came.location == f"/invitation/{id_of(team, email)}"
    onward = kim.open(came.location).location
    assert onward.startswith("/login?next=%2Finvitation%2F")
    kim.sign_up(email, PASSWORD, onward=came.location)
    assert kim.press(kim.link(email)).location == came.location
    kim.open(came.location)
    assert kim.send(came.location).status_code == 303
    with team.services.database.reading() as session:
        who = accounts.find(session, email)
        assert session.get(Membership, (team.id, who.user_id)).role == "member"


def test_the_secret_of_a_link_is_kept_nowhere(team, email):
    path = invited(team, email)
    kim = Visitor(team.polis)
    kim.open(path)
    kim.open(kim.send(path).location)
    secret = path.rpartition("/")[2]
    with team.services.database.reading() as session:
        for table in ("invitations", "work", "mailed_links", "audit_events"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert secret not in str(rows), table


def test_somebody_elses_address_is_not_enough_and_learns_nothing(team, email):
    path = invited(team, email)
    other = team.stranger()
    page = other.open(path)
    assert "You are signed in with another address." in page.text
    came = other.send(path)
    assert other.open(came.location).status_code == 404
    assert other.send(came.location).status_code == 404
    assert team.role(other.who) is None


def test_an_unproved_account_with_the_address_does_not_join(team, email):
    path = invited(team, email)
    who = member(team.services, email=email, verified=False)
    kim = team.browser(who, looking=None)
    assert "not confirmed yet" in kim.open(path).text
    assert kim.send(f"/invitation/{id_of(team, email)}").status_code == 403
    assert team.role(who) is None


@pytest.mark.parametrize("how", ["used", "revoked", "old", "resent", "made up"])
def test_a_link_that_is_over_says_so(team, email, how):
    path = invited(team, email)
    kim = guest(team, email)
    moment = clock.now()
    if how == "used":
        kim.open(path)
        kim.send(path)
    elif how == "revoked":
        team.owner.send(f"{LIST}/invitations/{id_of(team, email)}/revoke")
    elif how == "old":
        moment += timedelta(days=7, seconds=1)
    elif how == "resent":
        team.owner.send(f"{LIST}/invitations/{id_of(team, email)}/resend")
        assert link(team, email) != path
    else:
        path = path[:-1] + ("a" if path[-1] != "a" else "b")
    with time_machine.travel(moment):
        answer = Visitor(team.polis).open(path)
    assert answer.status_code == 404
    assert "This invitation is over" in answer.text


@pytest.mark.parametrize(
    ("role", "given", "status"),
    [("admin", "owner", 403), ("admin", "admin", 303), ("owner", "owner", 303), ("admin", "king", 422)],
)  # fmt: skip
def test_nobody_invites_above_their_own_role(team, email, role, given, status):
    by = team.add(role)
    answer = by.send(f"{LIST}/invitations", email=email, role=given)
    assert answer.status_code == status
    assert (id_of(team, email) is not None) == (status == 303)


@pytest.mark.parametrize("typed", ["", "nobody", "a@b@c", "x" * 250 + "@example.com"])
def test_what_is_no_address_is_asked_for_again(team, typed):
    answer = team.owner.send(f"{LIST}/invitations", email=typed, role="admin")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert '<option value="admin" selected>' in answer.text


def test_a_member_and_an_open_invitation_are_not_invited_twice(team, email):
    invited(team, email)
    again = team.owner.send(f"{LIST}/invitations", email=email.upper(), role="member")
    assert (again.status_code, "invited already" in again.text) == (422, True)
    with team.services.database.reading() as session:
        own = session.get_one(User, team.owner.who.user_id).email
    same = team.owner.send(f"{LIST}/invitations", email=own, role="member")
    assert (same.status_code, "belongs to the organization already" in same.text) == (422, True)


def test_one_that_is_too_old_makes_room_for_another(team, email):
    invited(team, email)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        fresh = team.browser(team.owner.who)
        assert fresh.send(f"{LIST}/invitations", email=email, role="member").status_code == 303


def test_fifty_are_open_at_once_and_no_more(team, email):
    now = clock.now()
    with team.services.transaction() as session:
        for number in range(invitations.MOST):
            session.add(Invitation(
                id=ids.new("inv"), organization_id=team.id, email=f"n{number}@example.com", role="member",
                invited_by=team.owner.who.user_id, created_at=now, expires_at=now + invitations.LIFE,
            ))  # fmt: skip
    answer = team.owner.send(f"{LIST}/invitations", email=email, role="member")
    assert answer.status_code == 409
    assert "50 invitations are open already." in answer.text


def test_two_clicks_at_once_are_one_membership(team, email):
    invited(team, email)
    kim, where = guest(team, email), id_of(team, email)
    with team.services.database.reading() as session:
        person = session.get_one(User, kim.who.user_id)
    signed = oauth.signed_in(kim.who, clock.now())._replace(email=person.email, verified=True)

    def accept(_):
        with team.services.transaction() as session:
            return receiving.accept(session, signed, where, clock.now())

    outcomes = codes(together(6, accept))
    assert outcomes == {"ok": 1, "not_found": 5}
    with team.services.database.reading() as session:
        places = select(func.count()).where(
            Membership.organization_id == team.id, Membership.user_id == kim.who.user_id
        )
        assert session.scalar(places) == 1
    assert len(team.acts("member.joined")) == 1


def test_what_somebody_may_not_give_any_more_is_taken_back(team, email):
    admin = team.add("admin")
    path = invited(team, email, "admin", by=admin)
    team.owner.send(f"{LIST}/{admin.who.user_id}/role", role="member")
    assert Visitor(team.polis).open(path).status_code == 404


def test_the_mail_names_who_invites_and_nothing_anybody_chose(team, email):
    with team.services.transaction() as session:
        session.get_one(User, team.owner.who.user_id).name = "Buy at evil.example"
        inviter = session.get_one(User, team.owner.who.user_id).email
    invited(team, email)
    body = team.owner.letter(email).body
    assert inviter in body
    assert "evil" not in body
    assert "Harbour" not in body


def test_mails_to_one_address_are_counted(limited, email):
    team = Team(limited)
    path = f"{LIST}/invitations"
    assert team.owner.send(path, email=email, role="member").status_code == 303
    again = f"{path}/{id_of(team, email)}/resend"
    answers = [team.owner.send(again).status_code for _ in range(6)]
    assert answers.count(303) == 4
    assert set(answers) == {303, 429}


def test_another_organizations_invitation_does_not_exist(team, email):
    invited(team, email)
    other = Team(team.polis).owner
    for act in ("resend", "revoke"):
        assert other.send(f"{LIST}/invitations/{id_of(team, email)}/{act}").status_code == 404


def test_an_address_is_proved_before_others_are_invited(team, email):
    who = member(team.services, verified=False)
    team.place(who, "owner")
    answer = team.browser(who).send(f"{LIST}/invitations", email=email, role="member")
    assert answer.status_code == 403
    assert somebody(team.polis, email) == email
