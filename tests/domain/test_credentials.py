from datetime import UTC, datetime, timedelta

import pytest

from app.db import Database
from app.domain import keys
from app.domain.bearers import BadCredential, Suspended
from app.domain.callers import FULL, READ
from app.domain.credentials import Credentials
from app.domain.wallets import Wallet
from app.errors import Kind
from app.kit import clock, secrets
from app.models.accounts import Organization
from tests.factories import caller, member
from tests.plan_begun import begin_plan
from tests.starting import begin, order

NOW = clock.now()
MONTH = timedelta(days=30)


def authenticate(services, secret, now=NOW):
    return services.credentials.authenticate(secret, now)


def start_plan(services, who, start):
    with services.transaction() as session:
        begin_plan(
            session, Wallet(who.organization_id, "live", "simulated"), "starter", start=start,
            end=start + MONTH, cause=f"invoice:{start}", now=start,
        )  # fmt: skip


MISSHAPEN = {
    "nothing": lambda _: "",
    "the prefix alone": lambda _: "sk_live_",
    "a wrong checksum": lambda _: "sk_live_" + "a" * 38,
    "another prefix": lambda secret: secret.replace("_live_", "_prod_"),
    "the other book's prefix": lambda secret: secret.replace("_live_", "_test_"),
    "one more": lambda secret: secret + "x",
    "one less": lambda secret: secret[:-1],
    "not ascii": lambda secret: secret[:-1] + "é",
    "a blank": lambda secret: " " + secret,
    "a token's prefix": lambda secret: secret.replace("sk_live_", "polis_at_"),
}


@pytest.mark.parametrize("how", MISSHAPEN)
def test_what_is_no_key_of_ours_is_refused_without_a_look(how):
    shut = Credentials(Database("sqlite:////nowhere/at/all.db"), "simulated")
    with pytest.raises(BadCredential, match="not a Polis API key"):
        shut.authenticate(MISSHAPEN[how](secrets.mint("sk_live_")), NOW)


def test_a_sound_key_this_installation_never_issued_is_refused(services):
    with pytest.raises(BadCredential, match="never issued this key"):
        authenticate(services, secrets.mint("sk_live_"))


def test_an_expired_key_says_when_it_expired(services):
    who = member(services)
    ends = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
    with services.transaction() as session:
        made = keys.create(
            session, who.organization_id, user_id=None, name="ends", now=NOW, expires_at=ends
        )
    assert authenticate(services, made.secret, ends - timedelta(milliseconds=1))
    with pytest.raises(BadCredential, match=r"expired on 2030-01-02T03:04:05\.000Z"):
        authenticate(services, made.secret, ends)


def test_a_revoked_key_is_refused_at_the_very_next_request_and_says_when_it_ended(services):
    who = member(services)
    assert authenticate(services, who.key)
    moment = datetime(2027, 5, 6, 7, 8, 9, tzinfo=UTC)
    with services.transaction() as session:
        keys.revoke(session, who.organization_id, who.key_id, actor=who.user_id, now=moment)
    with pytest.raises(BadCredential, match=r"revoked on 2027-05-06T07:08:09\.000Z") as refused:
        authenticate(services, who.key)
    assert refused.value.kind is Kind.UNAUTHENTICATED


def test_a_suspended_organization_is_refused_by_name_not_as_a_bad_credential(services):
    who = member(services)
    with services.transaction() as session:
        session.get_one(Organization, who.organization_id).suspended_at = NOW
    with pytest.raises(Suspended) as refused:
        authenticate(services, who.key)
    assert refused.value.kind is Kind.FORBIDDEN


@pytest.mark.parametrize(
    ("scopes", "reads", "runs"), [(("mcp",), True, True), (("mcp:read",), True, False)]
)
def test_the_full_scope_includes_reading_and_reading_nothing_else(services, scopes, reads, runs):
    found = caller(services, member(services, scopes=scopes))
    assert (found.may(READ), found.may(FULL)) == (reads, runs)


def test_a_key_carries_its_book_and_the_two_share_no_tokens(services):
    live = member(services, tokens=70)
    with services.transaction() as session:
        made = keys.create(
            session, live.organization_id, user_id=None, name="test", now=NOW, book="test"
        )
    found = authenticate(services, made.secret)
    assert (found.book, found.standing.included, found.standing.packs) == ("test", 5_000, 0)
    assert (caller(services, live).book, caller(services, live).standing.packs) == ("live", 70)


def test_a_keys_counter_starts_anew_with_each_calendar_month(services):
    who = member(services, tokens=1_000, cap=100)
    january = datetime(2027, 1, 31, 23, 59, tzinfo=UTC)
    begin(services, authenticate(services, who.key, january), order(100), january)
    assert authenticate(services, who.key, january).limit_used == 100
    february = january + timedelta(minutes=1)
    found = authenticate(services, who.key, february)
    assert found.limit_used == 0
    begin(services, found, order(100), february)


def test_a_keys_counter_follows_the_plans_period_while_it_runs(services):
    who = member(services, cap=100)
    start = datetime(2027, 1, 20, tzinfo=UTC)
    start_plan(services, who, start)
    february = datetime(2027, 2, 3, tzinfo=UTC)
    begin(services, authenticate(services, who.key, start), order(100), start)
    assert authenticate(services, who.key, february).limit_used == 100
    start_plan(services, who, start + MONTH)
    assert authenticate(services, who.key, start + MONTH).limit_used == 0


def test_a_keys_counter_goes_back_to_calendar_months_when_the_plan_has_ended(services):
    who = member(services, tokens=1_000, cap=100)
    start = datetime(2027, 1, 20, tzinfo=UTC)
    start_plan(services, who, start)
    begin(services, authenticate(services, who.key, start), order(100), start)
    months_later = datetime(2027, 6, 1, tzinfo=UTC)
    found = authenticate(services, who.key, months_later)
    assert found.limit_used == 0
    begin(services, found, order(100), months_later)
    assert authenticate(services, who.key, months_later).limit_used == 100
