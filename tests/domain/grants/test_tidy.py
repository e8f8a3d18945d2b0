"""What is over goes, and nothing else does."""

from datetime import timedelta

from sqlalchemy import func, select

from app.domain import signing
from app.domain.grants import end, tidy
from app.domain.grants.answers import Tokens
from app.kit import clock
from app.models.grants import AccessToken, AuthorizationCode, Grant, RefreshToken, SigningKey
from tests import oauth
from tests.factories import member

NOW = clock.now()


def left(services, now) -> list[int]:
    """How many codes, access tokens, refresh tokens and grants stay."""
    with services.transaction() as session:
        tidy.forget_old(session, now)
        return [
            session.scalar(select(func.count()).select_from(table))
            for table in (AuthorizationCode, AccessToken, RefreshToken, Grant)
        ]


def test_codes_go_with_their_time_and_tokens_a_month_after_theirs(services):
    who, app = member(services, verified=True), oauth.client(services)
    token = oauth.tokens(services, who, app, now=NOW).refresh_token
    assert left(services, NOW + timedelta(minutes=9)) == [1, 1, 1, 1]
    assert left(services, NOW + timedelta(minutes=10)) == [0, 1, 1, 1]
    assert left(services, NOW + timedelta(days=59)) == [0, 1, 1, 1]
    assert left(services, NOW + timedelta(days=60)) == [0, 0, 1, 1]
    late = NOW + timedelta(days=179)
    assert isinstance(oauth.refresh(services, app, token, now=late), Tokens)
    assert left(services, NOW + timedelta(days=209)) == [0, 1, 2, 1]
    assert left(services, NOW + timedelta(days=210)) == [0, 0, 0, 1]


def test_tokens_of_an_ended_connection_go_a_month_after_its_end(services):
    who, app = member(services, verified=True), oauth.client(services)
    oauth.tokens(services, who, app, now=NOW)
    with services.transaction() as session:
        end.of_client(session, app.id, "disconnected", NOW)
    assert left(services, NOW + timedelta(days=29)) == [0, 1, 1, 1]
    assert left(services, NOW + timedelta(days=30)) == [0, 0, 0, 1]


def test_a_key_goes_when_it_is_told_no_longer(services):
    key = signing.make("ES256", services.links.keys, NOW)
    with services.transaction() as session:
        session.add(key)
    for now, there in ((key.told_until - timedelta(days=1), 1), (key.told_until, 0)):
        left(services, now)
        with services.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(SigningKey)) == there
