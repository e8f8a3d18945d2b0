"""Signing up, proving an address, signing in: what each leaves, and what it takes away."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain import accounts, keys, mailed_links, passwords, sessions, sign_in, sign_up
from app.domain.credentials import BadCredential
from app.domain.sessions import Browser
from app.errors import InvalidInput, NotFound
from app.kit import clock
from app.models.accounts import User
from app.models.billing import LedgerEntry
from app.models.sign_in import MailedLink
from app.models.work import Work
from tests.together import together

EMAIL = "ada@example.com"
HERE = Browser(
    "192.0.2.1", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
)
PER_DAY = 1000


def join(services, email=EMAIL, digest="a digest"):
    with services.transaction() as session:
        sign_up.sign_up(
            session, email, digest, browser="brw_1", onward="/x", mode="simulated", now=clock.now()
        )


def prove(services, *, ours, per_day=PER_DAY):
    with services.transaction() as session:
        person = accounts.find(session, EMAIL)
        return sign_up.prove(
            session, person.user_id, ours=ours, mode="simulated", per_day=per_day, now=clock.now()
        )


def mailed(services):
    """Purpose, recipient and facts of every mail recorded so far."""
    with services.database.reading() as session:
        rows = session.scalars(
            select(Work.payload).where(Work.kind == "send_mail").order_by(Work.id)
        )
        return [(row["purpose"], row["recipient"], row["facts"]) for row in rows]


def user(services):
    with services.database.reading() as session:
        return session.scalars(select(User).where(User.email == EMAIL)).one()


def test_signing_up_makes_an_account_and_asks_for_proof(services):
    join(services, " Ada@Example.com ")
    assert user(services).email_verified_at is None
    assert mailed(services) == [("verify", EMAIL, {"browser": "brw_1", "onward": "/x"})]


def test_signing_up_again_changes_nothing_and_writes_to_the_address(services):
    join(services)
    join(services, digest="another's")
    assert user(services).password_digest == "a digest"
    assert [purpose for purpose, *_ in mailed(services)] == ["verify", "known_address"]
    with services.database.reading() as session:
        assert session.scalars(select(User.email)).all() == [EMAIL]


def test_of_many_who_sign_up_at_once_one_makes_the_account(services):
    assert together(8, lambda _: join(services)) == [None] * 8
    assert sorted(purpose for purpose, *_ in mailed(services)) == ["known_address"] * 7 + ["verify"]


def test_a_proof_from_the_browser_that_signed_up_keeps_everything_and_gives_the_trial(services):
    join(services)
    person, key, begun = prepared(services)
    assert prove(services, ours=True)
    assert user(services).password_digest == "a digest"
    assert services.credentials.authenticate(key.secret, clock.now()).user_id == person.user_id
    with services.database.reading() as session:
        assert sessions.resume(session, begun.secret, clock.now()).person.verified
        assert session.scalars(select(LedgerEntry.bucket)).all() == ["trial", "trial"]
    assert not prove(services, ours=False), "only the first proof takes anything away"
    assert user(services).password_digest == "a digest"


def test_a_proof_from_elsewhere_removes_what_was_prepared(services):
    join(services)
    _, key, begun = prepared(services)
    assert prove(services, ours=False)
    assert user(services).password_digest is None
    assert user(services).email_verified_at is not None
    with pytest.raises(BadCredential, match="revoked"):
        services.credentials.authenticate(key.secret, clock.now())
    with services.database.reading() as session:
        assert sessions.resume(session, begun.secret, clock.now()) is None


def test_an_address_is_proved_though_no_trial_is_left(services):
    join(services)
    assert prove(services, ours=True, per_day=0)
    with services.database.reading() as session:
        assert session.scalars(select(LedgerEntry)).all() == []


def prepared(services):
    with services.transaction() as session:
        person = accounts.find(session, EMAIL)
        key = keys.create(
            session, person.organization_id, user_id=person.user_id, name="k", now=clock.now()
        )
        return person, key, sessions.begin(session, person.user_id, HERE, clock.now())


def enter(services, *, known):
    with services.transaction() as session:
        person = accounts.find(session, EMAIL)
        return sign_in.admit(session, person.user_id, HERE, known=known, now=clock.now())


def test_a_new_browser_is_told_of_but_never_the_first(services):
    join(services)
    enter(services, known=False)
    enter(services, known=True)
    assert [purpose for purpose, *_ in mailed(services)] == ["verify"]
    enter(services, known=False)
    purpose, recipient, facts = mailed(services)[-1]
    assert (purpose, recipient) == ("new_device", EMAIL)
    assert (facts["browser"], facts["address"]) == ("Firefox on Linux", "192.0.2.1")


def test_a_new_browser_is_told_of_though_no_session_of_before_is_left(services):
    join(services)
    enter(services, known=False)
    with time_machine.travel(clock.now() + sessions.IDLE + sessions.KEPT + timedelta(1)):
        with services.transaction() as session:
            assert sessions.forget_old(session, clock.now()) == 1
        enter(services, known=False)
    assert mailed(services)[-1][0] == "new_device"


def test_a_password_changed_meanwhile_lets_nobody_in(services):
    join(services)
    with services.database.reading() as session:
        found = sign_in.candidate(session, EMAIL)
    with services.transaction() as session:
        sign_in.change_password(session, found.user_id, "newer", HERE, clock.now())
    with services.transaction() as session:
        assert not sign_in.confirm(session, found, "again")
    assert user(services).password_digest == "newer"
    assert mailed(services)[-1][0] == "password_changed"


def test_nobody_has_a_candidate(services):
    with services.database.reading() as session:
        assert sign_in.candidate(session, EMAIL) is None


def minted(services, purpose="sign_in", at=None):
    with services.transaction() as session:
        return mailed_links.mint(
            session, purpose, EMAIL, {"browser": "brw_1", "onward": "/x"}, at or clock.now()
        )


def use(services, secret, at=None):
    with services.transaction() as session:
        return mailed_links.use(session, secret, at or clock.now())


def test_a_link_is_used_once_by_one(services):
    join(services)
    secret = minted(services)
    outcomes = together(8, lambda _: use(services, secret))
    assert sum(isinstance(each, mailed_links.Link) for each in outcomes) == 1
    assert sum(isinstance(each, NotFound) for each in outcomes) == 7


def test_looking_at_a_link_uses_nothing(services):
    join(services)
    secret = minted(services, "reset")
    with services.database.reading() as session:
        for _ in range(3):
            found = mailed_links.look(session, secret, clock.now())
    assert (found.purpose, found.email, found.browser, found.onward) == (
        "reset",
        EMAIL,
        "brw_1",
        "/x",
    )


def test_a_link_lives_half_an_hour(services):
    join(services)
    now = clock.now()
    secret = minted(services, at=now)
    with pytest.raises(NotFound, match="too old"):
        use(services, secret, now + timedelta(minutes=30))
    assert use(services, secret, now + timedelta(minutes=29, seconds=59))


def test_a_used_link_takes_the_others_of_its_person_along(services):
    join(services)
    first, second = minted(services), minted(services, "reset")
    use(services, second)
    with pytest.raises(NotFound):
        use(services, first)


def test_old_links_are_forgotten(services):
    join(services)
    secret = minted(services)
    with services.transaction() as session:
        assert mailed_links.forget_old(session, clock.now()) == 0
        assert mailed_links.forget_old(session, clock.now() + timedelta(hours=1)) == 1
    with pytest.raises(NotFound):
        use(services, secret)


def test_a_links_digest_alone_is_kept(services):
    join(services)
    secret = minted(services)
    with services.database.reading() as session:
        row = session.scalars(select(MailedLink)).one()
        kept = [getattr(row, column.name) for column in MailedLink.__table__.columns]
    assert secret not in repr(kept)


@pytest.mark.parametrize("secret", ["", "polis_ml_", "../x", "polis_ml_" + "0" * 38])
def test_what_we_never_mailed_is_no_link(services, secret):
    with pytest.raises(NotFound):
        use(services, secret)


def test_nobody_gets_a_link(services):
    assert minted(services) == ""


@pytest.mark.parametrize(
    "password",
    ["short", "password1", "ada@example.com", "x" * 40, "qwertyuiop", "12345678", "iloveyou"],
)
def test_a_password_that_is_guessed_early_is_refused(password):
    with pytest.raises(InvalidInput):
        passwords.check_strength(password, EMAIL)


def test_a_long_password_is_taken_and_an_endless_one_is_not():
    passwords.check_strength("a harbour of seven paper boats " * 20, EMAIL)
    with pytest.raises(InvalidInput, match="1,000"):
        passwords.check_strength("x" * 1001)


def test_a_password_is_the_same_however_its_letters_were_typed():
    digest = passwords.hash_password("Ångström am Meer")
    assert passwords.matches(digest, "A\u030angstro\u0308m am Meer")
    assert not passwords.matches(digest, "Angstrom am Meer")
    assert not passwords.matches(None, "")
    assert not passwords.matches("not a digest", "Angstrom am Meer")


def test_a_digest_of_older_parameters_is_outdated():
    old = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$" + "A" * 43
    assert passwords.outdated(old)
    assert not passwords.outdated(passwords.hash_password("four odd little words"))
