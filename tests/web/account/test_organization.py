"""Making an organization, on the way to what needs one."""

import pytest
from sqlalchemy import select

from app.domain import organizations
from app.domain.rights import NotAllowed
from app.errors import Conflict
from app.kit import clock
from app.models.accounts import Membership, Organization
from tests import oauth
from tests.factories import member
from tests.web.oauth.visitor import address, fields, visitor

PATH = "/app/organizations/new"


@pytest.fixture
def kim(polis):
    return visitor(polis)


def owned(polis, who):
    with polis.services.database.reading() as session:
        mine = (
            select(Organization.name)
            .join(Membership)
            .where(Membership.user_id == who.user_id, Membership.role == "owner")
        )
        return set(session.scalars(mine))


def test_who_owns_none_makes_one_and_comes_back_to_the_request(polis, kim):
    client = oauth.client(polis.services)
    with polis.services.transaction() as session:
        session.get_one(Organization, kim.who.organization_id).suspended_at = clock.now()
    asked = address(client, sub_type="organization")
    page = kim.get(f"{PATH}?next={asked.replace('&', '%26')}")
    made = kim.post(PATH, {**fields(page), "name": "  Harbour\u202e  light "})
    assert made.headers["Location"].startswith("/continue?next=%2Foauth%2Fauthorize")
    assert "Harbour light" in owned(polis, kim.who)
    chosen = kim.get(asked).text
    assert "Which organization?" in chosen
    assert "Harbour light" in chosen


@pytest.mark.parametrize("name", ["", " \t", "\u3164", "x" * 81])
def test_a_name_nobody_can_read_is_asked_for_again(polis, kim, name):
    page = kim.get(PATH)
    again = kim.post(PATH, {**fields(page), "name": name})
    assert again.status_code == 422
    assert "A name has 1 to 80 characters." in again.text
    assert len(owned(polis, kim.who)) == 1


def test_nobody_owns_more_than_twenty(polis, kim):
    person = oauth.signed_in(kim.who, clock.now())
    with polis.services.transaction() as session:
        for number in range(organizations.MOST - 1):
            organizations.make(session, person, f"Number {number}", clock.now())
    with pytest.raises(Conflict), polis.services.transaction() as session:
        organizations.make(session, person, "One more", clock.now())


def test_an_address_is_proved_first(polis):
    who = member(polis.services)
    person = oauth.signed_in(who, clock.now())._replace(verified=False)
    with pytest.raises(NotAllowed), polis.services.transaction() as session:
        organizations.make(session, person, "Harbour", clock.now())


def test_a_stranger_signs_in_first(polis):
    answer = polis.app.test_client().get(PATH, base_url="http://127.0.0.1:8000")
    assert answer.headers["Location"].startswith("/login?next=")
