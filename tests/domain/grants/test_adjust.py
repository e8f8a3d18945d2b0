"""The terms of a connection changed while something else happens to it."""

from datetime import timedelta

import pytest

from app.domain.grants import adjust, connection, end
from app.domain.grants.adjust import Agreed
from app.errors import Conflict
from app.kit import clock
from app.models.grants import Grant
from tests import oauth
from tests.factories import member


@pytest.fixture
def who(services):
    return member(services, verified=True)


def _seen(services, who):
    """A connection as its page showed it."""
    made, now = oauth.tokens(services, who, cap=9), clock.now()
    mode = services.settings.payment_mode
    with services.database.reading() as session:
        return connection.found(session, who.user_id, made.grant_id, mode, now)


def _change(services, who, seen, agreed):
    now = clock.now()
    with services.transaction() as session:
        return adjust.change(session, oauth.signed_in(who, now), seen, agreed, now)


def test_a_connection_that_ended_meanwhile_is_not_changed(services, who):
    seen = _seen(services, who)
    with services.transaction() as session:
        end.grant(session, seen.id, "disconnected", clock.now())
    with pytest.raises(Conflict):
        _change(services, who, seen, Agreed(1, seen.ends))
    with services.database.reading() as session:
        assert session.get_one(Grant, seen.id).monthly_cap_tokens == 9


def test_terms_are_compared_with_what_stands_and_not_with_what_was_seen(services, who):
    seen = _seen(services, who)
    agreed = Agreed(1, seen.ends - timedelta(days=1))
    assert _change(services, who, seen, agreed)
    assert not _change(services, who, seen, agreed)
