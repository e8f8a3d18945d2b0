"""Codes: ten minutes, one use, and only for the client that proves it asked (ecosystem 5, 6; S3, S4)."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain import leaving
from app.domain.bearers import BadCredential
from app.domain.grants import codes, end
from app.domain.grants.answers import Denied, Tokens
from app.domain.rights import NotAllowed
from app.errors import NotFound
from app.kit import clock, secrets
from app.models.accounts import Membership
from app.models.audit import AuditEvent
from app.models.grants import AccessToken, AuthorizationCode, Grant, RefreshToken
from tests import oauth
from tests.factories import member
from tests.rounds import rounds
from tests.together import together


@pytest.fixture
def who(services):
    return member(services, verified=True)


def test_gap_14_a_code_gives_thirty_days_of_access_and_a_refresh_token(services, who):
    made = oauth.tokens(services, who)
    assert secrets.well_formed("polis_at_", made.access_token)
    assert secrets.well_formed("polis_rt_", made.refresh_token)
    assert (made.expires_in, made.scopes) == (2592000, ("mcp", "openid", "email"))


def test_a_client_registered_without_refreshing_gets_no_refresh_token(services, who):
    app = oauth.client(services, grant_types="authorization_code")
    assert oauth.tokens(services, who, app).refresh_token is None


def test_gap_8_nothing_that_was_issued_is_kept_as_it_was_told(services, who):
    given = oauth.approved(services, who)
    made = oauth.redeem(services, given)
    with services.database.reading() as session:
        kept = [
            session.get(table, secrets.digest(secret)) is not None
            for table, secret in (
                (AuthorizationCode, given.code),
                (AccessToken, made.access_token),
                (RefreshToken, made.refresh_token),
            )
        ]
    assert kept == [True, True, True]


def test_a_code_lives_ten_minutes_and_not_a_second_more(services, who):
    now = clock.now()
    in_time, late = (oauth.approved(services, who, now=now) for _ in range(2))
    assert isinstance(oauth.redeem(services, in_time, now=now + timedelta(seconds=599)), Tokens)
    denied = oauth.redeem(services, late, now=now + timedelta(seconds=601))
    assert denied.error == "invalid_grant"
    assert issued(services) == 1


def test_gap_5_of_sixteen_redemptions_at_once_one_is_answered(services, who, measured):
    app = oauth.client(services)
    for number in range(1, rounds(100) + 1):
        given = oauth.approved(services, who, app)
        outcomes = together(16, lambda _, given=given: oauth.redeem(services, given))
        answered = sum(isinstance(each, Tokens) for each in outcomes)
        measured("S3", "redemptions answered in a round", answered)
        assert sorted(map(type, outcomes), key=str) == [Denied] * 15 + [Tokens]
        assert issued(services) == number
    measured("S3", "rounds of 16 parallel redemptions", number)


def test_gap_6_a_replay_ends_what_the_code_gave_access_to(services, who):
    given = oauth.approved(services, who)
    oauth.redeem(services, given)
    assert oauth.redeem(services, given).error == "invalid_grant"
    with services.database.reading() as session:
        assert session.scalar(select(Grant.ended_because)) == "code_replayed"


@pytest.mark.parametrize(
    "other",
    [
        {"redirect_uri": "https://app.example/callback/"},
        {"redirect_uri": None},
        {"verifier": None},
        {"verifier": ""},
        {"verifier": "another-verifier-that-is-also-long-enough-0123456"},
        {"audience": "/mcp"},
    ],
)
def test_what_does_not_belong_to_the_code_is_refused_and_leaves_it_good(services, who, other):
    given = oauth.approved(services, who, audience="/api/mcp")
    assert oauth.redeem(services, given, **other).error in {"invalid_grant", "invalid_target"}
    assert isinstance(oauth.redeem(services, given), Tokens)


@pytest.mark.parametrize("used", [False, True])
def test_a_code_in_another_clients_hands_harms_nobody(services, who, used):
    given = oauth.approved(services, who)
    if used:
        oauth.redeem(services, given)
    thief = oauth.Approved(oauth.client(services), given.code)
    assert oauth.redeem(services, thief).error == "invalid_grant"
    assert alive(services) == 1


def test_a_used_code_without_its_verifier_ends_nothing(services, who):
    given = oauth.approved(services, who)
    oauth.redeem(services, given)
    oauth.redeem(services, given, verifier="x" * 43)
    assert alive(services) == 1


def test_a_connection_ended_before_its_code_came_back_stays_ended(services, who):
    given = oauth.approved(services, who)
    with services.transaction() as session:
        assert end.of_client(session, given.client.id, "client_changed", clock.now()) == 1
    assert oauth.redeem(services, given).error == "invalid_grant"
    assert issued(services) == 0


def test_a_connection_that_ends_after_its_code_was_found_lets_nobody_in(services, who):
    given = oauth.approved(services, who)
    found, now = codes.find(services.database, given.code), clock.now()
    with services.transaction() as session:
        assert end.of_client(session, given.client.id, "client_changed", now) == 1
        made = codes.redeem(session, given.client, found, given.presented(), now)
    with pytest.raises(BadCredential):
        services.credentials.authenticate(made.access_token, now)
    assert oauth.refresh(services, given.client, made.refresh_token).error == "invalid_grant"


def test_an_end_is_written_once_and_into_the_log(services, who):
    oauth.tokens(services, who)
    with services.transaction() as session:
        (grant,) = session.scalars(select(Grant))
        args = (session, grant.organization_id, grant.app, "disconnected", clock.now())
        assert (end.of_app(*args, user_id="usr_other"), end.of_app(*args), end.of_app(*args)) == (
            0, 1, 0,
        )  # fmt: skip
        acts = session.scalars(
            select(AuditEvent.action)
            .where(AuditEvent.chain == who.organization_id)
            .order_by(AuditEvent.number)
        ).all()
    assert acts[-2:] == ["app.connected", "app.disconnected"]


def test_whoever_leaves_takes_their_apps_along_and_leaves_the_organizations_own(services, who):
    guest = member(services, verified=True)
    with services.transaction() as session:
        session.add(
            Membership(
                organization_id=who.organization_id, user_id=guest.user_id, role="owner",
                created_at=clock.now(),
            )
        )  # fmt: skip
    person = oauth.signed_in(guest, clock.now())
    for kind in ("user", "organization"):
        oauth.approved(services, who, person=person, subject_kind=kind)
    oauth.approved(services, guest)
    with services.transaction() as session:
        leaving.leave(session, guest.user_id, who.organization_id, clock.now())
        over = session.scalars(select(Grant).where(Grant.ended_at.is_not(None))).all()
    assert [(grant.subject_kind, grant.ended_because) for grant in over] == [
        ("user", "member_left")
    ]
    assert alive(services) == 2


def test_an_approval_that_expires_sooner_ends_the_tokens_sooner(services, who):
    now = clock.now()
    made = oauth.tokens(services, who, now=now, expires_at=now + timedelta(days=7))
    assert made.expires_in == 7 * 86400


def test_lives_a_developer_shortened_are_kept(services, who):
    app = oauth.client(services, access_life_s=3600, refresh_life_s=86400)
    assert oauth.tokens(services, who, app).expires_in == 3600
    with services.database.reading() as session:
        (grant,) = session.scalars(select(Grant))
    assert grant.expires_at - grant.created_at == timedelta(days=1)


def test_nobody_approves_with_an_unproved_address_or_for_a_foreign_organization(services, who):
    stranger = member(services, verified=True)
    unproved = oauth.signed_in(who, clock.now())._replace(verified=False)
    for person, refusal in (
        (unproved, NotAllowed),
        (oauth.signed_in(stranger, clock.now()), NotFound),
    ):
        with pytest.raises(refusal):
            oauth.approved(services, who, person=person)
    assert alive(services) == 0


def issued(services) -> int:
    with services.database.reading() as session:
        return session.scalar(select(func.count()).select_from(AccessToken))


def alive(services) -> int:
    with services.database.reading() as session:
        return session.scalar(
            select(func.count()).select_from(Grant).where(Grant.ended_at.is_(None))
        )
