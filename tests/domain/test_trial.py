from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain import accounts, trial, wallets
from app.domain.trial import TrialExhausted
from app.domain.wallets import Wallet
from app.errors import Kind
from app.kit import ids
from app.models.billing import LedgerEntry
from tests.together import codes, together

NOON = datetime(2027, 1, 10, 12, tzinfo=UTC)


def sign_up(database, email, now=NOON, per_day=100_000, *, verified=True):
    with database.transaction() as session:
        return accounts.create(
            session, email, password_digest=None, mode="simulated", now=now, verified=verified,
            trial_tokens_per_day=per_day,
        )  # fmt: skip


def trial_of(database, person, now=NOON):
    with database.reading() as session:
        wallet = Wallet(person.organization_id, "live", "simulated")
        return wallets.standing(session, wallet, now).trial


def test_a_verified_person_gets_300_tokens_and_an_unverified_one_none(database):
    assert trial_of(database, sign_up(database, "ana@example.com")) == 300
    assert trial_of(database, sign_up(database, "bo@example.com", verified=False)) == 0


def test_the_longest_address_gets_its_trial_and_stands_in_no_entry(database):
    address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.com"
    person = sign_up(database, address)
    assert trial_of(database, person) == 300
    with database.reading() as session:
        causes = session.scalars(select(LedgerEntry.cause)).all()
    assert [cause for cause in causes if "@" in cause] == []


def test_an_address_with_a_tag_or_in_capitals_is_the_same_person(database):
    sign_up(database, "ana@example.com")
    for alias in ("ana+2@example.com", "Ana+More+Still@Example.com"):
        assert trial_of(database, sign_up(database, alias)) == 0


@pytest.mark.parametrize(
    ("email", "address"),
    [
        ("Ana+news@Example.COM", "ana@example.com"),
        ("a.n.a@example.com", "a.n.a@example.com"),
        ("ana+a+b@example.com", "ana@example.com"),
        ('"a@b"+c@example.com', '"a@b"@example.com'),
    ],
)
def test_trials_are_counted_by_the_address_without_its_tag(email, address):
    assert trial.address_of(email) == address


def test_a_trial_is_given_once_however_often_it_is_asked_for(database):
    person = sign_up(database, "ana@example.com", verified=False)

    def claim(_):
        with database.transaction() as session:
            return trial.grant(
                session, person.email, person.organization_id, "simulated", per_day=1_000, now=NOON
            )

    assert sorted(together(8, claim)) == [False] * 7 + [True]
    assert trial_of(database, person) == 300


def test_what_an_installation_gives_away_a_day_is_capped_exactly(database):
    outcomes = together(
        12, lambda _: sign_up(database, f"{ids.new('p')}@example.com", per_day=1_000)
    )
    assert codes(outcomes) == {"ok": 3, "rate_limited": 9}


def test_over_the_daily_cap_nobody_is_made_and_the_wait_is_until_tomorrow(database):
    sign_up(database, "ana@example.com", per_day=300)
    with pytest.raises(TrialExhausted) as refused:
        sign_up(database, "bo@example.com", per_day=300)
    assert refused.value.kind is Kind.THROTTLED
    assert refused.value.details == {"retry_after_s": 12 * 60 * 60 + 1}
    tomorrow = NOON + timedelta(hours=12)
    assert trial_of(database, sign_up(database, "bo@example.com", tomorrow, 300)) == 300


def test_an_address_that_had_its_trial_is_let_in_on_a_day_that_is_given_away(database):
    sign_up(database, "ana@example.com", per_day=300)
    assert trial_of(database, sign_up(database, "ana+2@example.com", per_day=300)) == 0
