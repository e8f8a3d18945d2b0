"""Letters before a key ends: seven days ahead and one, each once, to whoever made it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import keys, leaving
from app.domain.own_keys import expiring
from app.kit import clock
from app.models.accounts import Membership, User
from app.models.credentials import ApiKey
from app.models.work import Work
from tests.factories import member

NOW = clock.now()


def key(services, who, days, made_days_ago=0):
    with services.transaction() as session:
        return keys.create(
            session, who.organization_id, user_id=who.user_id, name="ci",
            now=NOW - timedelta(days=made_days_ago), expires_at=NOW + timedelta(days=days),
        )  # fmt: skip


def warned(services, days):
    """Who is written to that many days from now."""
    with services.transaction() as session:
        before = set(session.scalars(select(Work.id)))
        expiring.warn(session, NOW + timedelta(days=days))
    with services.database.reading() as session:
        found = session.scalars(select(Work).where(Work.id.not_in(before))).all()
    return [each.payload["recipient"] for each in found]


@pytest.fixture
def who(services):
    return member(services, verified=True)


def address(services, who):
    with services.database.reading() as session:
        return session.get_one(User, who.user_id).email


def test_two_letters_go_out_each_once(services, who):
    key(services, who, 30)
    mail = address(services, who)
    told = {days: warned(services, days) for days in (0, 22, 23, 24, 28, 29, 29.5, 30, 31)}
    assert told == {0: [], 22: [], 23: [mail], 24: [], 28: [], 29: [mail], 29.5: [], 30: [], 31: []}


def test_a_key_made_for_a_day_is_not_warned_of(services, who):
    key(services, who, 0.9)
    assert warned(services, 0) == []


def test_a_rolled_and_a_revoked_key_are_not_warned_of(services, who):
    rolled, revoked = (key(services, who, 5, 30) for _ in range(2))
    with services.transaction() as session:
        keys.revoke(session, who.organization_id, revoked.id, actor=who.user_id, now=NOW)
        made = keys.roll(session, who.organization_id, rolled.id, actor=who.user_id, now=NOW)
        session.get_one(ApiKey, made.id).expires_at = None
    assert warned(services, 0) == []


def test_owners_are_told_where_its_maker_has_left(services, who):
    other = member(services, verified=True)
    with services.transaction() as session:
        session.add(Membership(
            organization_id=who.organization_id, user_id=other.user_id, role="member", created_at=NOW,
        ))  # fmt: skip
        session.flush()
        leaving.leave(session, other.user_id, who.organization_id, NOW)
        row = session.get_one(ApiKey, who.key_id)
        row.user_id, row.expires_at = other.user_id, NOW + timedelta(days=6)
        row.created_at = NOW - timedelta(days=90)
    assert warned(services, 0) == [address(services, who)]
