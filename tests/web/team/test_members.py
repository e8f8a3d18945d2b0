"""The team: who is in it, what each may do, and what goes with them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import keys, leaving, organizations, roles
from app.domain import team as people
from app.kit import clock, ids
from app.models.accounts import Membership, Organization, User
from app.models.credentials import ApiKey, SignInSession
from app.models.grants import Grant
from tests import oauth
from tests.factories import Member
from tests.together import codes, together
from tests.web.account.counted import counting
from tests.web.team.people import Team, stale

LIST = "/app/team"
LEAVE = f"{LIST}/leave"


def key_of(team, who, name="ci"):
    with team.services.transaction() as session:
        return keys.create(session, team.id, user_id=who.user_id, name=name, now=clock.now())


def connected(team, who, kind="user", name="Claude"):
    """The id of a grant somebody gave for the organization."""
    client = oauth.client(team.services, name=name)
    here = Member(who.user_id, team.id, who.key, who.key_id)
    oauth.approved(team.services, here, client, subject_kind=kind)
    with team.services.database.reading() as session:
        newest = select(Grant.id).where(Grant.user_id == who.user_id).order_by(Grant.id.desc())
        return session.scalar(newest.limit(1))


def crowd(team, count):
    """So many people more, who have nothing but their place."""
    now, made = clock.now(), [ids.new("usr") for _ in range(count)]
    with team.services.transaction() as session:
        for id_ in made:
            email = f"{id_}@example.com"
            session.add(User(id=id_, email=email, trial_address=email, created_at=now))
        session.flush()
        for id_ in made:
            facts = {"organization_id": team.id, "user_id": id_, "role": "member"}
            session.add(Membership(**facts, created_at=now))
    return made


def alive(team, grant_id):
    with team.services.database.reading() as session:
        return session.get(Grant, grant_id, populate_existing=True).ended_at is None


def works(team, secret):
    agent = team.polis.as_(Member("", "", secret, ""))
    return agent.ask("tools/list").status_code == 200


def test_a_member_sees_who_belongs_and_an_admin_how_much_they_have(team):
    jonas, admin = team.add("member"), team.add("admin")
    key_of(team, jonas.who)
    connected(team, jonas.who)
    for visitor, sees in ((jonas, False), (admin, True)):
        page = visitor.open(LIST).text
        assert page.count("<tr id=") >= 3
        assert ("Connections" in page) == sees
        assert ("Send invitation" in page) == sees
    row = re.search(rf'<tr id="{jonas.who.user_id}">.*?</tr>', admin.open(LIST).text, re.DOTALL)[0]
    assert re.findall(r'class="num" data-label="\w+">(\d+)', row) == ["1", "1"]
    assert "just now" in row


def test_a_page_asks_the_same_whatever_the_number_of_people(team):
    def asked():
        with counting(team.services.database) as work:
            team.owner.open(LIST)
        return len(work.statements)

    asked()
    few = asked()
    crowd(team, 12)
    assert asked() == few <= 12


def test_more_than_a_page_of_people_are_paged(team):
    everybody = [team.owner.who.user_id, *crowd(team, people.PAGE + 2)]
    seen, path = [], LIST
    while path:
        page = team.owner.open(path).text
        seen += re.findall(r'<tr id="(usr_\w+)"', page)
        found = re.search(r'href="(/app/team\?before=\w+)"', page)
        path = found and found[1]
    assert sorted(seen) == sorted(everybody)


def test_an_owner_gives_roles_and_it_counts_at_the_next_request(team):
    jonas = team.add("member")
    assert jonas.open("/app/audit").status_code == 403
    answer = team.owner.send(f"{LIST}/{jonas.who.user_id}/role", role="admin")
    assert answer.status_code == 303
    assert jonas.open("/app/audit").status_code == 200
    assert [act.details for act in team.acts("member.role_changed")] == [
        {"from": "member", "to": "admin"}
    ]


def test_a_lower_role_ends_what_it_would_not_have_allowed_once_that_was_read(team):
    second = team.add("owner")
    mine, ours = connected(team, second.who), connected(team, second.who, "organization", "Bot")
    path = f"{LIST}/{second.who.user_id}/role"
    asked = team.owner.send(path, role="admin")
    assert asked.status_code == 200
    assert "Bot" in asked.text
    assert "Claude" not in asked.text
    assert team.role(second.who) == "owner"
    assert team.owner.send(path, role="admin", sure="yes").status_code == 303
    assert team.role(second.who) == "admin"
    assert (alive(team, mine), alive(team, ours)) == (True, False)
    page = second.open("/app/team")
    assert "Harbour light" not in page.text.partition("<main")[2], "their browser is out of it"


@pytest.mark.parametrize("typed", ["", "king", "OWNER"])
def test_a_role_there_is_not_is_refused(team, typed):
    jonas = team.add("member")
    assert team.owner.send(f"{LIST}/{jonas.who.user_id}/role", role=typed).status_code == 422
    assert team.role(jonas.who) == "member"


def test_the_last_owner_stays_whatever_is_pressed(team):
    who = team.owner.who
    assert team.owner.send(f"{LIST}/{who.user_id}/role", role="member").status_code == 409
    assert team.owner.send(f"{LIST}/leave").status_code == 409
    assert team.role(who) == "owner"


def test_removing_ends_browsers_keys_and_connections_and_lists_what_stays(team):
    jonas = team.add("owner")
    mine, ours = connected(team, jonas.who), connected(team, jonas.who, "organization", "Bot")
    key = key_of(team, jonas.who)
    own = jonas.who.key  # of their own organization
    path = f"{LIST}/{jonas.who.user_id}/remove"
    page = team.owner.open(path).text
    stays = page.partition("Organization tokens that stay")[2]
    assert "Bot" in stays
    assert "Claude" not in stays
    assert f"{key.prefix}…" in page
    assert team.owner.send(path).location == f"{LIST}?done=removed"
    assert team.role(jonas.who) is None
    assert (works(team, key.secret), works(team, own)) == (False, True)
    assert (alive(team, mine), alive(team, ours)) == (False, True)
    with team.services.database.reading() as session:
        looking = select(SignInSession.organization_id).where(
            SignInSession.user_id == jonas.who.user_id
        )
        assert set(session.scalars(looking)) == {None}
    assert "Harbour light" not in jonas.open("/app/keys").text
    act = team.acts("member.removed")[0]
    assert (act.actor, act.subject) == (team.owner.who.user_id, jonas.who.user_id)


def test_a_kept_key_is_rolled_and_its_new_secret_shown_once(team):
    jonas = team.add("member")
    kept, lost = key_of(team, jonas.who, "ci"), key_of(team, jonas.who, "laptop")
    answer = team.owner.send(f"{LIST}/{jonas.who.user_id}/remove", keep=[kept.id])
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    secret = re.search(r"<code[^>]*>(sk_live_\w{38})</code>", answer.text)[1]
    assert [works(team, each) for each in (secret, kept.secret, lost.secret)] == [True, True, False]
    with team.services.database.reading() as session:
        old = session.get_one(ApiKey, kept.id)
        new = session.scalar(select(ApiKey).where(ApiKey.rolled_from_id == kept.id))
        assert old.expires_at <= clock.now() + timedelta(hours=24)
        assert (new.user_id, new.lineage_id) == (team.owner.who.user_id, old.lineage_id)


def test_a_key_of_somebody_else_cannot_be_kept_along(team):
    jonas, other = team.add("member"), team.add("member")
    theirs = key_of(team, other.who)
    answer = team.owner.send(f"{LIST}/{jonas.who.user_id}/remove", keep=[theirs.id])
    assert answer.status_code == 303
    with team.services.database.reading() as session:
        row = session.get_one(ApiKey, theirs.id)
        assert (row.expires_at, row.revoked_at, row.user_id) == (None, None, other.who.user_id)


def test_whoever_signed_in_long_ago_does_so_again_and_keeps_the_ticks(team):
    jonas = team.add("member")
    key = key_of(team, jonas.who)
    answer = stale(team.owner).send(f"{LIST}/{jonas.who.user_id}/remove", keep=[key.id])
    assert answer.status_code == 303
    assert key.id in answer.location
    assert team.role(jonas.who) == "member"
    back = team.owner.open(f"{LIST}/{jonas.who.user_id}/remove?keep={key.id}").text
    assert re.search(rf'value="{key.id}" checked', back)


@pytest.mark.parametrize(
    ("by", "whom", "status"),
    [("admin", "owner", 403), ("admin", "admin", 303), ("member", "member", 403), ("owner", "owner", 303)],
)  # fmt: skip
def test_nobody_removes_a_role_above_their_own(team, by, whom, status):
    remover, other = team.add(by), team.add(whom)
    assert remover.send(f"{LIST}/{other.who.user_id}/remove").status_code == status
    assert (team.role(other.who) is None) == (status == 303)


def test_nobody_removes_themselves_but_leaves(team):
    jonas = team.add("admin")
    key = key_of(team, jonas.who)
    assert jonas.send(f"{LIST}/{jonas.who.user_id}/remove").status_code == 409
    assert f"{key.prefix}…" in jonas.open(f"{LIST}/leave").text
    assert jonas.send(f"{LIST}/leave").status_code == 303
    assert team.role(jonas.who) is None
    assert not works(team, key.secret)
    assert [act.actor for act in team.acts("member.left")] == [jonas.who.user_id]


def test_ones_own_organization_is_left_by_nobody(team):
    own = team.owner.who.organization_id
    guest = team.add("member")
    with team.services.transaction() as session:
        facts = {"organization_id": own, "user_id": guest.who.user_id, "role": "owner"}
        session.add(Membership(**facts, created_at=clock.now()))
    for act in (
        lambda session: leaving.leave(session, team.owner.who.user_id, own, clock.now()),
        lambda session: leaving.remove(
            session, guest.who.user_id, team.owner.who.user_id, own, (), clock.now()
        ),
        lambda session: roles.give(
            session, guest.who.user_id, team.owner.who.user_id, own, "member", clock.now()
        ),
    ):
        with (
            pytest.raises(Exception, match="own organization"),
            team.services.transaction() as session,
        ):
            act(session)


def test_two_owners_who_remove_each_other_at_once_leave_one(team):
    second = team.add("owner")
    owners = [team.owner.who.user_id, second.who.user_id]

    def remove(number):
        with team.services.transaction() as session:
            return leaving.remove(
                session, owners[number], owners[1 - number], team.id, (), clock.now()
            )

    outcomes = codes(together(2, remove))
    assert outcomes["ok"] == 1, outcomes
    with team.services.database.reading() as session:
        assert session.get(Organization, team.id) is not None
    assert [team.role(each) for each in (team.owner.who, second.who)].count("owner") == 1


def test_an_organization_is_renamed_by_admins_and_the_log_says_from_what(team):
    admin = team.add("admin")
    answer = admin.send("/app/settings/organization/name", name=" Harbour\u202e  dark ")
    assert answer.status_code == 303
    assert "Harbour dark" in admin.open(LIST).text
    assert team.acts("organization.renamed")[0].details == {
        "from": "Harbour light", "to": "Harbour dark",
    }  # fmt: skip
    refused = admin.send("/app/settings/organization/name", name="x" * 81)
    assert (refused.status_code, organizations.LONGEST_NAME) == (422, 80)


def test_another_organizations_member_does_not_exist(team):
    other = Team(team.polis)
    their = other.add("member").who.user_id
    assert team.owner.open(f"{LIST}/{their}/remove").status_code == 404
    for act in ("remove", "role"):
        answer = team.owner.send(f"{LIST}/{their}/{act}", role="owner", sure="yes")
        assert answer.status_code == 404
    assert other.services.database is team.services.database


def test_whoever_cannot_leave_reads_why_where_the_button_would_be(team):
    alone = team.owner.open(LEAVE)
    assert alone.status_code == 200
    assert "The last owner cannot leave or step down." in alone.text
    assert "Make somebody else an owner first." in alone.text
    assert f'action="{LEAVE}"' not in alone.text
    second = team.add("owner")
    for owner in (team.owner, second):
        assert f'action="{LEAVE}"' in owner.open(LEAVE).text
    own = team.stranger().open(LEAVE)
    assert own.status_code == 200
    assert "Everybody belongs to their own organization." in own.text
    assert 'href="/app/settings/account"' in own.text
    assert f'action="{LEAVE}"' not in own.text


def test_whoever_leaves_is_told_that_they_left(team):
    kim = team.add("member")
    kim.open("/app/team/leave")
    answer = kim.send("/app/team/leave")
    assert "<b>You left.</b>" in kim.open(answer.location).text
