"""Where a second factor is set, every road asks for it; each factor is good once."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.domain import accounts, claims, sessions
from app.domain.factors import totp
from app.kit import clock
from app.models.accounts import User
from app.models.factors import Authenticator, RecoveryCode, SecondStep
from tests.house.source import sources
from tests.rounds import rounds
from tests.together import together
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.account.far_apart import another, someone
from tests.web.account.second_factors import anywhere, code_of, with_app, with_codes
from tests.web.account.somebody import somebody

__all__ = ["another", "someone"]

NEW = "eleven quiet lighthouse keepers"
STEP = "/login/second"


@pytest.fixture
def ada(polis, email):
    """Somebody with a password."""
    return somebody(polis, email)


def user_id(polis, email):
    with polis.services.database.reading() as session:
        return session.scalar(select(User.id).where(User.email == email))


@pytest.fixture
def seed(polis, ada):
    """The same, with an authenticator app."""
    return with_app(polis, user_id(polis, ada))


def by_password(visitor, ada):
    return visitor.sign_in(ada)


def by_password_again(visitor, ada):
    """The road of a fresh sign-in: somebody is signed in, and shows again who they are."""
    with visitor.polis.services.transaction() as session:
        who = accounts.find(session, ada).user_id
        begun = sessions.begin(session, who, sessions.Browser("192.0.2.1", "x"), clock.now())
    visitor.http.set_cookie("polis", begun.secret, domain="127.0.0.1")
    visitor.open("/login?again=1")
    return visitor.send("/login", email=ada, password=PASSWORD, next="/app/")


def by_link(visitor, ada):
    visitor.ask_link(ada)
    return visitor.press(visitor.link(ada))


def by_reset(visitor, ada):
    visitor.open("/forgot")
    visitor.send("/forgot", email=ada)
    return visitor.press(visitor.link(ada), password=NEW)


def by_known_address(visitor, ada):
    visitor.sign_up(ada)
    return visitor.press(visitor.link(ada))


def by_proof(visitor, ada):
    """Signed up and set the factor before the address was proved, in the same browser."""
    other = f"new.{ada}"
    visitor.sign_up(other)
    with_app(visitor.polis, user_id(visitor.polis, other))
    return visitor.press(visitor.link(other))


ROADS = {
    "a password": by_password,
    "a fresh sign-in": by_password_again,
    "a mailed link": by_link,
    "a reset": by_reset,
    "a sign-up with a known address": by_known_address,
    "the proof of an address": by_proof,
}
every_road = pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)


@every_road
def test_every_road_asks_for_the_second_factor(polis, someone, ada, seed, road):
    before = someone.cookie("polis")
    answer = road(someone, ada)
    assert (answer.status_code, answer.location) == (303, STEP)
    cookies = [each.partition("=")[0] for each in answer.headers.getlist("Set-Cookie")]
    assert "polis" not in cookies
    if before is None and road is not by_password_again:
        assert not someone.is_signed_in()
    assert someone.open(STEP).status_code == 200


@every_road
def test_every_road_is_open_to_whoever_has_it(polis, someone, ada, seed, road):
    if road is by_proof:
        other = f"new.{ada}"
        someone.sign_up(other)
        seed = with_app(polis, user_id(polis, other))
        someone.press(someone.link(other))
    else:
        road(someone, ada)
    someone.open(STEP)
    answer = someone.send(STEP, how="code", code=code_of(seed))
    onward = "/keep?next=%2Fapp%2F" if road is by_reset else "/app/"
    assert (answer.status_code, answer.location) == (303, onward)
    assert someone.is_signed_in()
    assert someone.cookie("polis_step") is None


def test_a_session_begins_in_no_other_place():
    """Whoever begins one has asked for the second factor, or has seen a passkey."""
    beginning = {
        each.path
        for each in sources()
        for line in each.lines
        if "sessions.begin(" in line or "sign_in.begin(" in line
    }
    assert beginning == {"app/domain/sign_in.py", "app/web/account/entry.py"}


def test_a_claim_asks_for_it_at_its_sign_in(polis, someone, ada, seed, email):
    """Claiming for an account asks for its sign-in, which is the road by password."""
    with polis.services.database.reading() as session:
        assert claims.account_of(session, email) is not None
    assert someone.open("/claim/org_x").location.startswith("/login?next=")


def test_one_goes_on_to_the_consent_one_came_for(someone, ada, seed):
    onward = "/oauth/authorize?client_id=polis_ci_x&state=a%20b"
    someone.sign_in(ada, onward=onward)
    page = someone.open(STEP)
    assert "One more step" in page.text
    answer = someone.send(STEP, how="code", code=code_of(seed))
    assert answer.location.startswith("/continue?next=%2Foauth%2Fauthorize")


def test_a_reset_changes_nothing_before_the_second_factor(polis, someone, another, ada, seed):
    by_reset(another, ada)
    assert someone.sign_in(ada).location == STEP  # the old password still is the password
    another.open(STEP)
    assert another.send(STEP, how="code", code=code_of(seed)).location == "/keep?next=%2Fapp%2F"
    assert another.is_signed_in()
    assert Visitor(polis).sign_in(ada).status_code == 422
    assert Visitor(polis).sign_in(ada, NEW).location == STEP


def test_a_code_is_taken_once(polis, someone, another, ada, seed):
    code = code_of(seed)
    for visitor, status in ((someone, 303), (another, 422)):
        visitor.sign_in(ada)
        visitor.open(STEP)
        assert visitor.send(STEP, how="code", code=code).status_code == status
    assert not another.is_signed_in()


def test_a_code_before_one_that_was_taken_is_not_taken(someone, another, ada, seed):
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        for visitor, off, status in ((someone, 0, 303), (another, -1, 422)):
            visitor.sign_in(ada)
            visitor.open(STEP)
            answer = visitor.send(STEP, how="code", code=code_of(seed, off))
            assert answer.status_code == status


@pytest.mark.parametrize("off", [-3, -2, 2, 3])
def test_a_code_of_another_time_is_not_taken(someone, ada, seed, off):
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False):
        someone.sign_in(ada)
        someone.open(STEP)
        assert someone.send(STEP, how="code", code=code_of(seed, off)).status_code == 422


def test_a_code_is_read_with_the_space_apps_show_in_it(someone, ada, seed):
    someone.sign_in(ada)
    someone.open(STEP)
    code = code_of(seed)
    assert someone.send(STEP, how="code", code=f" {code[:3]} {code[3:]} ").status_code == 303


@pytest.mark.parametrize(
    "typed", ["", "abcdef", "12345", "1234567", "\u0661" * 6, "\uff11" * 6, "x" * 5000]
)
def test_what_is_no_code_is_asked_for_again(someone, ada, seed, typed):
    someone.sign_in(ada)
    someone.open(STEP)
    for how in ("code", "recovery", "passkey", "nonsense"):
        answer = someone.send(STEP, how=how, code=typed, recovery=typed, passkey=typed)
        assert answer.status_code == 422
        assert not someone.is_signed_in()


def test_a_recovery_code_works_once_however_it_is_typed(polis, someone, another, ada, seed):
    code = with_codes(polis, user_id(polis, ada))[3]
    someone.sign_in(ada)
    someone.open(f"{STEP}?how=recovery")
    answer = someone.send(STEP, how="recovery", recovery=f" {code.upper().replace('-', ' ')} ")
    assert answer.status_code == 303
    assert "A recovery code was used" in someone.letter(ada).body
    another.sign_in(ada)
    another.open(STEP)
    assert another.send(STEP, how="recovery", recovery=code).status_code == 422


def test_somebody_elses_recovery_code_lets_nobody_in(polis, someone, ada, seed):
    other = somebody(polis, f"other.{ada}")
    with_app(polis, user_id(polis, other))
    code = with_codes(polis, user_id(polis, other))[0]
    someone.sign_in(ada)
    someone.open(STEP)
    assert someone.send(STEP, how="recovery", recovery=code).status_code == 422


def test_of_many_who_send_one_recovery_code_at_once_one_gets_in(polis, ada, seed):
    code = with_codes(polis, user_id(polis, ada))[0]
    visitors = [Visitor(polis, peer=anywhere()) for _ in range(6)]
    for each in visitors:
        each.sign_in(ada)
        each.open(STEP)
    for _ in range(max(1, rounds(1))):
        said = together(6, lambda n: visitors[n].send(STEP, how="recovery", recovery=code))
        assert sorted(each.status_code for each in said) == [303] + [422] * 5


def test_ten_wrong_codes_are_the_last_for_a_quarter_of_an_hour(polis, someone, another, ada, seed):
    """Never off: these installations count no other limit."""
    someone.sign_in(ada)
    someone.open(STEP)
    said = [someone.send(STEP, how="code", code="000000").status_code for _ in range(11)]
    assert said == [422] * 10 + [429]
    another.sign_in(ada)
    another.open(STEP)
    refused = another.send(STEP, how="code", code=code_of(seed))
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 900


def test_fifty_wrong_codes_are_the_last_of_a_network(polis, email):
    peer = anywhere()
    said = []
    for number in range(6):
        other = somebody(polis, f"n{number}.{email}")
        with_app(polis, user_id(polis, other))
        visitor = Visitor(polis, peer=peer)
        visitor.sign_in(other)
        visitor.open(STEP)
        said += [visitor.send(STEP, how="code", code="000000").status_code for _ in range(9)]
    assert said == [422] * 50 + [429] * 4


def test_a_step_ends_after_ten_minutes_and_after_its_use(polis, someone, ada, seed):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        someone.sign_in(ada)
        someone.open(STEP)
        traveller.shift(timedelta(minutes=10))
        assert someone.send(STEP, how="code", code=code_of(seed)).location == "/login"
        assert someone.open(STEP).location == "/login"
        someone.sign_in(ada)
        held = someone.cookie("polis_step")
        someone.open(STEP)
        assert someone.send(STEP, how="code", code=code_of(seed)).location == "/app/"
        thief = Visitor(polis)
        thief.http.set_cookie("polis_step", held, domain="127.0.0.1")
        assert thief.open(STEP).location == "/login"


def test_the_step_is_its_browsers_alone(someone, another, ada, seed):
    someone.sign_in(ada)
    another.open("/login")
    answer = another.send(STEP, how="code", code=code_of(seed))
    assert answer.location == "/login"
    assert not another.is_signed_in()


@pytest.mark.parametrize("secret", ["", "x", "polis_2s_" + "a" * 38, "polis_ss_" + "a" * 38])
def test_a_step_we_never_gave_is_nobodys(someone, secret):
    someone.http.set_cookie("polis_step", secret, domain="127.0.0.1")
    assert someone.open(STEP).location == "/login"


def test_nothing_of_a_factor_stands_in_the_database_in_clear(polis, someone, ada, seed):
    who = user_id(polis, ada)
    codes = with_codes(polis, who)
    someone.sign_in(ada)
    secret = someone.cookie("polis_step")
    with polis.services.database.reading() as session:
        rows = [
            *session.scalars(select(Authenticator).where(Authenticator.user_id == who)),
            *session.scalars(select(RecoveryCode).where(RecoveryCode.user_id == who)),
            *session.scalars(select(SecondStep).where(SecondStep.user_id == who)),
        ]
        kept = repr([{c.name: getattr(r, c.name) for c in r.__table__.columns} for r in rows])
    assert len(rows) == 12
    for hidden in (seed, secret, *codes, *(code.replace("-", "") for code in codes)):
        assert hidden not in kept


def test_a_seed_outlives_a_roll_of_the_secret_and_not_its_loss(polis, ada, seed):
    who, old, new = user_id(polis, ada), polis.services.links.keys, "a newer secret of ours"
    with polis.services.transaction() as session:
        assert not totp.check(session, who, code_of(seed), (new,), clock.now())
        assert totp.seal_anew(session, (new, *old)) >= 1
        assert totp.seal_anew(session, (new, *old)) == 0
        assert totp.check(session, who, code_of(seed), (new,), clock.now())
        assert totp.seal_anew(session, ("a secret of somebody else's",)) == 0
        totp.seal_anew(session, (*old, new))


def test_a_first_proof_from_elsewhere_removes_every_factor(polis, someone, another, email):
    someone.sign_up(email)
    with_app(polis, user_id(polis, email))
    with_codes(polis, user_id(polis, email))
    assert another.press(another.link(email)).location == "/app/"
    assert another.is_signed_in()
    with polis.services.database.reading() as session:
        for table in (Authenticator, RecoveryCode):
            mine = select(table).where(table.user_id == user_id(polis, email))
            assert session.scalars(mine).all() == []


def test_the_page_says_what_one_continues_to_and_is_kept_nowhere(someone, ada, seed):
    app = "client_id=https%3A%2F%2Fapp.example%2Fclient.json"
    someone.sign_in(ada, onward=f"/oauth/authorize?{app}")
    page = someone.open(STEP)
    assert 'to continue to an app at <b class="mono">app.example</b>' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.search(r'autocomplete="one-time-code"', page.text)
