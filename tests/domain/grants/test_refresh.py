"""Refresh tokens rotate within a bounded window (ecosystem 7, 14, 15; S5, S6)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain import mails
from app.domain.grants import end
from app.domain.grants import refresh as refreshing
from app.domain.grants.answers import Tokens
from app.domain.grants.refresh import Presented, Rotation
from app.kit import clock, secrets
from app.models.grants import AccessToken, Grant, RefreshToken
from app.models.work import Work
from tests import oauth
from tests.factories import member
from tests.oauth import GRACE, refresh
from tests.rounds import rounds
from tests.together import together

NOW = clock.now()
LATE = NOW + GRACE
RULE = Rotation(("a secret of the tests alone",), GRACE)


@pytest.fixture
def who(services):
    return member(services, verified=True)


@pytest.fixture
def held(services, who):
    """A client and the refresh token it holds."""
    app = oauth.client(services)
    return app, oauth.tokens(services, who, app, now=NOW).refresh_token


def test_gap_15_a_refresh_gives_another_pair_of_the_same_kind_and_life(services, held):
    app, token = held
    made = refresh(services, app, token, now=NOW)
    assert secrets.well_formed("polis_at_", made.access_token)
    assert secrets.well_formed("polis_rt_", made.refresh_token)
    assert made.refresh_token != token
    assert (made.expires_in, made.scopes) == (2592000, ("mcp", "openid", "email"))


def test_a_repeat_inside_the_window_is_answered_with_the_same_tokens(services, held):
    app, token = held
    first = refresh(services, app, token, now=NOW)
    second = refresh(services, app, token, now=NOW + timedelta(seconds=29))
    assert second == first._replace(expires_in=first.expires_in - 29)


def test_sixteen_refreshes_at_once_are_one_rotation_with_one_leaf(services, who):
    app = oauth.client(services)
    for _ in range(rounds(100)):
        token = oauth.tokens(services, who, app).refresh_token
        now = clock.now()
        made = together(16, lambda _, t=token, n=now: refresh(services, app, t, now=n))
        assert len(set(made)) == 1
        assert isinstance(made[0], Tokens)
        assert leaves(services, made[0].grant_id) == [secrets.digest(made[0].refresh_token)]
        late = together(16, lambda _, t=token, n=now: refresh(services, app, t, now=n + GRACE))
        assert {each.error for each in late} == {"invalid_grant"}
        assert ended(services, made[0].grant_id) == "refresh_token_reused"


def test_the_window_shuts_when_its_leaf_is_refreshed(services, held):
    app, token = held
    leaf = refresh(services, app, token, now=NOW).refresh_token
    grant_id = refresh(services, app, leaf, now=NOW).grant_id
    assert refresh(services, app, token, now=NOW).error == "invalid_grant"
    assert ended(services, grant_id) == "refresh_token_reused"


def test_thief_and_owner_who_both_came_in_time_are_parted_at_the_next_refresh(services, held):
    app, token = held
    stolen, own = (refresh(services, app, token, now=NOW).refresh_token for _ in range(2))
    later = NOW + timedelta(days=1)
    assert isinstance(refresh(services, app, own, now=later), Tokens)
    assert refresh(services, app, stolen, now=later + GRACE).error == "invalid_grant"
    assert refresh(services, app, own, now=later).error == "invalid_grant"


def test_gap_7_reuse_ends_the_family_and_tells_the_person(services, who, held):
    app, token = held
    leaf = refresh(services, app, token, now=NOW)
    assert refresh(services, app, token, now=LATE).error == "invalid_grant"
    assert refresh(services, app, leaf.refresh_token, now=LATE).error == "invalid_grant"
    with services.database.reading() as session:
        work = session.scalars(select(Work).where(Work.kind == mails.KIND)).all()
    (letter,) = [w.payload for w in work if w.payload["purpose"] == "token_reuse"]
    assert letter["facts"] == {"app": "An app at app.example", "at": clock.iso(LATE)}


def test_an_older_link_of_the_chain_is_reuse_however_soon(services, held):
    app, token = held
    chain = [token]
    for _ in range(3):
        chain.append(refresh(services, app, chain[-1], now=NOW).refresh_token)
    assert refresh(services, app, chain[1], now=NOW).error == "invalid_grant"
    assert refresh(services, app, chain[3], now=NOW).error == "invalid_grant"


@pytest.mark.parametrize("more", [{"scope": "mcp"}, {"audience": "/mcp"}])
def test_a_repeat_that_asks_for_something_else_is_refused_and_ends_nothing(services, held, more):
    app, token = held
    made = refresh(services, app, token, now=NOW)
    assert refresh(services, app, token, now=NOW, **more).error == "invalid_grant"
    assert ended(services, made.grant_id) is None
    assert refresh(services, app, token, now=NOW) == made


def test_a_refresh_keeps_narrows_and_never_widens_its_scope(services, held):
    app, token = held
    narrow = refresh(services, app, token, scope="mcp", now=NOW)
    assert narrow.scopes == ("mcp",)
    wide = refresh(services, app, narrow.refresh_token, scope="mcp profile", now=NOW)
    assert wide == ("invalid_scope", "profile was not granted.")
    whole = refresh(services, app, narrow.refresh_token, now=NOW)
    assert whole.scopes == ("mcp", "openid", "email")
    reading = refresh(services, app, whole.refresh_token, scope="email mcp:read", now=NOW)
    assert reading.scopes == ("email", "mcp:read")


def test_a_refresh_keeps_its_audience_or_takes_one_of_two_names(services, who):
    app = oauth.client(services)
    one = oauth.tokens(services, who, app, audience="/mcp")
    assert refresh(services, app, one.refresh_token, audience="/api/mcp").error == "invalid_target"
    both = oauth.tokens(services, who, app)
    assert good_at(services, refresh(services, app, one.refresh_token)) == "/mcp"
    assert good_at(services, refresh(services, app, both.refresh_token, audience="/mcp")) == "/mcp"


def test_a_token_in_another_clients_hands_harms_nobody(services, held):
    app, token = held
    thief = oauth.client(services)
    refresh(services, app, token, now=NOW)
    assert refresh(services, thief, token, now=LATE).error == "invalid_grant"
    assert isinstance(refresh(services, app, token, now=NOW), Tokens)


def test_gap_14_a_chain_dies_180_days_after_the_approval_however_often_it_was_used(services, held):
    app, token = held
    for day in range(0, 180, 20):
        made = refresh(services, app, token, now=NOW + timedelta(days=day))
        token = made.refresh_token
    assert made.expires_in == 20 * 86400  # access ends with its grant
    last = NOW + timedelta(days=180)
    still = refresh(services, app, token, now=last - timedelta(seconds=1))
    assert still.expires_in == 1
    assert refresh(services, app, still.refresh_token, now=last).error == "invalid_grant"


def test_an_ended_connection_refreshes_nothing(services, held):
    app, token = held
    with services.transaction() as session:
        end.of_client(session, app.id, "client_changed", clock.now())
    assert refresh(services, app, token).error == "invalid_grant"


def test_earlier_access_tokens_of_a_family_live_on_after_a_rotation(services, who):
    app = oauth.client(services)
    first = oauth.tokens(services, who, app)
    refresh(services, app, first.refresh_token)
    caller = services.credentials.authenticate(first.access_token, clock.now())
    assert caller.organization_id == who.organization_id


def test_a_secret_being_replaced_changes_no_answer_inside_the_window(services, held):
    app, token = held
    old, new = "an old secret of this house", "a new secret of this house"
    made = refresh(services, app, token, keys=(old,), now=NOW)
    assert refresh(services, app, token, keys=(new, old), now=NOW) == made
    assert refresh(services, app, token, keys=(new,), now=NOW).error == "invalid_grant"
    follows = refresh(services, app, made.refresh_token, keys=(new, old), now=NOW)
    assert refresh(services, app, made.refresh_token, keys=(new,), now=NOW) == follows


def test_no_window_at_all_makes_every_repeat_a_reuse(services, held):
    app, token = held
    made = refresh(services, app, token, grace=timedelta(0))
    assert refresh(services, app, token, grace=timedelta(0)).error == "invalid_grant"
    assert ended(services, made.grant_id) == "refresh_token_reused"


def leaves(services, grant_id) -> list[bytes]:
    """The refresh tokens of a family that nobody has exchanged."""
    with services.database.reading() as session:
        tokens = session.scalar(
            select(func.count()).select_from(AccessToken).where(AccessToken.grant_id == grant_id)
        )
        assert tokens == 2  # of the code, and of the one rotation
        return list(
            session.scalars(
                select(RefreshToken.digest).where(
                    RefreshToken.grant_id == grant_id, RefreshToken.rotated_at.is_(None)
                )
            )
        )


def ended(services, grant_id) -> str | None:
    with services.database.reading() as session:
        return session.get(Grant, grant_id).ended_because


def good_at(services, made) -> str | None:
    with services.database.reading() as session:
        return session.get(AccessToken, secrets.digest(made.access_token)).audience


def test_a_family_that_ends_after_its_token_was_found_gives_nothing(services, held):
    app, token = held
    found = refreshing.find(services.database, token)
    with services.transaction() as session:
        assert end.grant(session, found.family.id, "disconnected", NOW)
        denied = refreshing.redeem(session, app, found, Presented(token, None, None), RULE, NOW)
    assert "has ended" in denied.description
    with services.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(RefreshToken)) == 1


def test_a_token_that_is_rotated_after_it_was_found_answers_as_its_rotation_did(services, held):
    app, token = held
    found, shown = refreshing.find(services.database, token), Presented(token, None, None)
    made = refresh(services, app, token, now=NOW)
    with services.transaction() as session:
        assert refreshing.redeem(session, app, found, shown, RULE, NOW) == made
    with services.transaction() as session:
        denied = refreshing.redeem(session, app, found, shown, RULE, LATE)
    assert denied.error == "invalid_grant"
    assert ended(services, made.grant_id) == "refresh_token_reused"
