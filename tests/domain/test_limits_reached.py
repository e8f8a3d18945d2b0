"""A limit that stops somebody is told to its owners once a period, and again after it was raised."""

from sqlalchemy import select

from app.domain import limits_reached
from app.domain.unpaid import SpendCapReached
from app.errors import PolisError
from app.kit import clock
from app.models.credentials import ApiKey
from app.models.work import Work
from tests import oauth
from tests.factories import caller, member
from tests.starting import begin, order
from tests.together import together


def refused(services, who, people=100):
    """What a start was refused with, noted as the desk notes it."""
    calling = caller(services, who)
    try:
        begin(services, calling, order(people))
    except PolisError as refusal:
        with services.transaction() as session:
            return limits_reached.note(session, calling, refusal, clock.now())
    raise AssertionError


def letters(services):
    with services.database.reading() as session:
        rows = session.scalars(select(Work).where(Work.kind == "send_mail")).all()
    return [row.payload for row in rows if row.payload["purpose"] == "limit_reached"]


def test_owners_are_told_once_and_again_after_it_was_raised(services):
    who = member(services, tokens=1000, verified=True, cap=50)
    assert [refused(services, who) for _ in range(3)] == [True, False, False]
    (told,) = letters(services)
    assert told["facts"]["amount"] == "50 tokens"
    assert told["facts"]["page"] == "keys"
    with services.transaction() as session:
        session.get_one(ApiKey, who.key_id).monthly_cap_tokens = 60
    assert refused(services, who)
    assert len(letters(services)) == 2


def test_many_refusals_at_once_are_one_letter(services):
    who = member(services, tokens=1000, verified=True, cap=50)
    assert sorted(together(6, lambda _: refused(services, who))) == [False] * 5 + [True]
    assert len(letters(services)) == 1


def test_an_organizations_cap_is_told_in_dollars(services):
    who = member(services, verified=True)
    calling = caller(services, who)
    calling = calling._replace(standing=calling.standing._replace(cap_micros=20_000_000))
    refusal = SpendCapReached("This needs more.", limit="organization")
    assert SpendCapReached.code == limits_reached.CODE
    with services.transaction() as session:
        assert limits_reached.note(session, calling, refusal, clock.now())
    (told,) = letters(services)
    assert told["facts"]["amount"] == "$20.00 of overage"


def test_an_app_nobody_vouches_for_is_called_by_where_it_goes(services):
    who = member(services, tokens=1000, verified=True)
    made = oauth.tokens(services, who, oauth.client(services, name="Your bank"), cap=5)
    calling = services.credentials.authenticate(made.access_token, clock.now())
    refusal = SpendCapReached("This app may spend 5.", limit="app")
    with services.transaction() as session:
        limits_reached.note(session, calling, refusal, clock.now())
    (told,) = letters(services)
    assert told["facts"]["what"] == "An app at app.example"
