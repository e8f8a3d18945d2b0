"""A connection that is ended takes the standing approval along: the app has to ask again."""

from datetime import timedelta

import pytest

from app.domain import held, leaked, leaving
from app.domain.grants import consents, end
from app.domain.grants.consents import Standing
from app.kit import clock
from app.models.accounts import Membership
from app.models.grants import Consent, Grant
from tests import oauth
from tests.factories import member

CONFIDENTIAL = {"kind": "developer", "auth_methods": "client_secret_basic"}


class Connected:
    """Somebody's connection to an app whose next request would not be asked about."""

    def __init__(self, services):
        self.services, self.who = services, member(services, verified=True)
        self.app = oauth.client(services, **CONFIDENTIAL)
        self.given = oauth.approved(services, self.who, self.app)
        self.tokens = oauth.redeem(services, self.given)
        self.remember()

    def remember(self, organization_id=None):
        standing = Standing(organization_id or self.who.organization_id, None, None)
        asked = oauth.request(self.app)
        with self.services.transaction() as session:
            facts = (self.app, asked, self.who.user_id, standing, clock.now())
            consents.remember(session, *facts)

    def do(self, act, *facts, **more):
        with self.services.transaction() as session:
            return act(session, *facts, clock.now(), **more)

    def kept(self):
        with self.services.database.reading() as session:
            return session.query(Consent).count()


@pytest.fixture
def kim(services):
    return Connected(services)


def _reset(kim):
    kim.do(held.end_chosen, kim.who.user_id, {kim.tokens.grant_id: "end"})


def _leaked(kim):
    kim.do(leaked.end_secret, kim.tokens.refresh_token)


def _reused(kim):
    for _ in range(2):
        oauth.refresh(kim.services, kim.app, kim.tokens.refresh_token, grace=timedelta(0))


def _replayed(kim):
    oauth.redeem(kim.services, kim.given)


def _disconnected(kim):
    with kim.services.database.reading() as session:
        key = session.get_one(Grant, kim.tokens.grant_id).app
    with kim.services.transaction() as session:
        end.of_app(session, kim.who.organization_id, key, "disconnected", clock.now())


ENDS = [_reset, _leaked, _reused, _replayed, _disconnected]


@pytest.mark.parametrize("ends", ENDS, ids=lambda ends: ends.__name__.strip("_"))
def test_an_app_whose_connection_was_ended_asks_again(kim, ends):
    ends(kim)
    assert kim.kept() == 0


def test_what_others_approved_is_asked_about_no_more_than_before(services, kim):
    Connected(services)
    _leaked(kim)
    assert kim.kept() == 1


def test_the_end_of_what_was_over_already_forgets_nothing_that_was_approved_since(kim):
    _leaked(kim)
    kim.remember()
    _leaked(kim)
    assert kim.kept() == 1


def test_whoever_leaves_an_organization_is_asked_again_when_they_come_back(services, kim):
    other = member(services, verified=True)
    joined = {"organization_id": other.organization_id, "user_id": kim.who.user_id}
    with services.transaction() as session:
        session.add(Membership(**joined, role="member", created_at=clock.now()))
    kim.remember(other.organization_id)
    assert kim.kept() == 2
    kim.do(leaving.leave, kim.who.user_id, other.organization_id)
    with services.database.reading() as session:
        (left,) = session.query(Consent).all()
    assert left.organization_id == kim.who.organization_id
