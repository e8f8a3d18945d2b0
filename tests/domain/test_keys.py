import re
import string
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain import key_use, keys
from app.domain.bearers import BadCredential
from app.domain.key_use import Use
from app.domain.spend_limits import CredentialLimitReached
from app.errors import Conflict, InvalidInput, NotFound
from app.kit import clock, secrets
from app.models.credentials import ApiKey
from tests.factories import caller, member
from tests.kept_bytes import bytes_of
from tests.starting import begin, order

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
NOW = clock.now()


@pytest.fixture
def who(services):
    return member(services, tokens=1_000)


def make(services, who, **facts):
    with services.transaction() as session:
        return keys.create(
            session, who.organization_id, user_id=who.user_id, name="ci", now=NOW, **facts
        )


def roll(services, who, key_id, now=NOW, **facts):
    with services.transaction() as session:
        return keys.roll(session, who.organization_id, key_id, actor=who.user_id, now=now, **facts)


def stored(services, key_id):
    with services.database.reading() as session:
        return session.get_one(ApiKey, key_id)


def works(services, secret, now):
    return services.credentials.authenticate(secret, now) is not None


def base62_crc32(text):
    value, letters = zlib.crc32(text.encode()), ""
    for _ in range(6):
        value, rest = divmod(value, 62)
        letters = BASE62[rest] + letters
    return letters


@pytest.mark.parametrize(("book", "prefix"), [("live", "sk_live_"), ("test", "sk_test_")])
def test_a_key_is_its_books_prefix_32_letters_and_a_checksum_anybody_can_recompute(
    services, who, book, prefix
):
    made = make(services, who, book=book)
    assert re.fullmatch(prefix + "[0-9A-Za-z]{38}", made.secret)
    assert made.secret[-6:] == base62_crc32(made.secret[:-6])
    row = stored(services, made.id)
    assert (row.prefix, row.last_four) == (made.secret[:12], made.secret[-4:])


def test_no_key_with_one_character_changed_is_well_formed():
    secret = secrets.mint("sk_live_")
    assert secrets.well_formed("sk_live_", secret)
    for place in range(8, len(secret)):
        other = "a" if secret[place] != "a" else "b"
        assert not secrets.well_formed("sk_live_", secret[:place] + other + secret[place + 1 :])


def test_s18_the_database_and_its_log_hold_no_issued_secret(services, who):
    issued = [who.key, make(services, who).secret, roll(services, who, who.key_id).secret]
    for secret in issued:
        services.credentials.authenticate(secret, NOW)
    everything = bytes_of(services)
    for secret in issued:
        assert secret.encode() not in everything
        assert secret[12:].encode() not in everything
        assert _held(services, secrets.digest(secret)), "the digest is what is kept"


def test_both_keys_work_while_a_roll_overlaps_and_then_only_the_new_one(services, who):
    rolled = roll(services, who, who.key_id, overlap=timedelta(hours=1))
    last = NOW + timedelta(hours=1)
    assert works(services, who.key, last - timedelta(milliseconds=1))
    with pytest.raises(BadCredential, match="This key expired on"):
        works(services, who.key, last)
    assert works(services, rolled.secret, last + timedelta(days=3650))


def test_a_rolled_key_takes_over_everything_but_the_secret(services, who):
    ends = NOW + timedelta(days=90)
    terms = {"expires_at": ends, "monthly_cap_tokens": 77, "never_sells": True}
    first = make(services, who, scopes=("mcp:read",), **terms)
    rolled = stored(services, roll(services, who, first.id).id)
    assert (rolled.scopes, rolled.expires_at, rolled.monthly_cap_tokens) == ("mcp:read", ends, 77)
    assert rolled.never_sells
    assert (rolled.lineage_id, rolled.rolled_from_id) == (first.id, first.id)
    assert stored(services, first.id).expires_at == NOW + keys.ROLL_OVERLAP


def test_a_roll_never_lengthens_a_key_that_ends_sooner(services, who):
    soon = NOW + timedelta(hours=2)
    first = make(services, who, expires_at=soon)
    rolled = roll(services, who, first.id)
    assert stored(services, first.id).expires_at == soon
    assert stored(services, rolled.id).expires_at == soon


def test_a_key_is_rolled_once_so_that_its_successor_keeps_the_expiry(services, who):
    roll(services, who, who.key_id)
    with pytest.raises(Conflict, match="rolled"):
        roll(services, who, who.key_id)


def test_a_successor_can_be_rolled_in_turn_and_stays_of_the_same_lineage(services, who):
    second = roll(services, who, who.key_id)
    third = roll(services, who, second.id)
    assert stored(services, third.id).lineage_id == who.key_id


def test_a_revoked_or_expired_key_has_no_successor(services, who):
    revoked, expired = make(services, who), make(services, who, expires_at=NOW)
    with services.transaction() as session:
        keys.revoke(session, who.organization_id, revoked.id, actor=who.user_id, now=NOW)
    for dead in (revoked, expired):
        with pytest.raises(Conflict):
            roll(services, who, dead.id)


def test_a_rolled_key_spends_from_the_limit_of_the_first(services):
    who = member(services, tokens=1_000, cap=100)
    begin(services, caller(services, who), order(60))
    rolled = roll(services, who, who.key_id)
    successor = services.credentials.authenticate(rolled.secret, clock.now())
    assert (successor.limit_used, successor.limit_tokens) == (60, 100)
    with pytest.raises(CredentialLimitReached):
        begin(services, successor, order(41))
    begin(services, successor, order(40))
    assert caller(services, who).limit_used == 100


def test_revoking_twice_keeps_the_first_moment(services, who):
    for minutes in (0, 5):
        with services.transaction() as session:
            keys.revoke(
                session, who.organization_id, who.key_id, actor="x",
                now=NOW + timedelta(minutes=minutes),
            )  # fmt: skip
    assert stored(services, who.key_id).revoked_at == NOW


def test_a_key_of_another_organization_does_not_exist(services, who):
    other = member(services)
    with services.transaction() as session, pytest.raises(NotFound):
        keys.revoke(session, other.organization_id, who.key_id, actor="x", now=NOW)
    with pytest.raises(NotFound):
        roll(services, other, who.key_id)
    with services.database.reading() as session:
        assert [row.id for row in keys.listed(session, other.organization_id)] == [other.key_id]


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "n" * 81}),
        ("scopes", {"scopes": ()}),
        ("scopes", {"scopes": ("mcp", "admin")}),
    ],
)
def test_a_key_needs_a_name_and_known_scopes(services, who, field, facts):
    with services.transaction() as session, pytest.raises(InvalidInput) as refused:
        keys.create(session, who.organization_id, user_id=None, now=NOW, **{"name": "ci", **facts})
    assert refused.value.details == {"field": field}


def test_a_later_use_always_wins_and_every_use_is_counted(services, who):
    later, earlier = Use(NOW, "203.0.113.9", 2), Use(NOW - timedelta(seconds=4), "198.51.100.1", 3)
    for use in (later, earlier):
        with services.transaction() as session:
            key_use.note(session, {who.key_id: use})
    row = stored(services, who.key_id)
    assert (row.last_used_at, row.last_used_from, row.requests) == (NOW, "203.0.113.9", 5)


def _held(services, digest):
    with services.database.reading() as session:
        return session.scalar(select(ApiKey.id).where(ApiKey.digest == digest))
