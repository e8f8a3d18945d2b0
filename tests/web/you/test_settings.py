"""A person's own settings: profile, password, app, codes, browsers; what takes a fresh sign-in."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote

import pytest
import segno
import time_machine
from sqlalchemy import event, select

from app.domain import post, sessions, time_zones
from app.domain.sessions import Browser
from app.kit import clock
from app.models.accounts import User
from app.models.audit import AuditEvent
from app.models.factors import Authenticator, RecoveryCode
from tests.web.account.browser import FIREFOX, PASSWORD, Visitor
from tests.web.account.second_factors import anywhere, code_of, with_app, with_codes
from tests.web.account.somebody import somebody

PROFILE, SECURITY = "/app/settings", "/app/settings/security"
NEW = "eleven quiet lighthouse keepers"
FRESH = ["email", "password", "authenticator", "codes", "passkeys/new"]
FRESH_ACTS = [
    "email", "password", "authenticator", "authenticator/remove", "codes", "passkeys/new",
    "passkeys/new/options", "passkeys/pky_x", "passkeys/pky_x/remove", "linked/github/unlink",
]  # fmt: skip


def user(polis, email):
    with polis.services.database.reading() as session:
        return session.scalars(select(User).where(User.email == email)).one()


def test_a_profile_is_kept_as_it_was_typed_and_times_are_told_by_it(polis, someone, ada):
    someone.open(PROFILE)
    answer = someone.send(PROFILE, name=" Ada\u202e  Lovelace ", time_zone="Europe/London")
    assert answer.location == f"{PROFILE}?done=saved"
    page = someone.open(answer.location).text
    assert 'value="Ada Lovelace"' in page
    assert '<option value="Europe/London" selected>' in page
    assert "Saved." in page
    kept = user(polis, ada)
    assert (kept.name, kept.time_zone, kept.product_mails_off_at is None) == (
        "Ada Lovelace", "Europe/London", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "field"),
    [({"name": "x" * 81, "time_zone": "UTC"}, "name")]
    + [({"name": "", "time_zone": zone}, "time_zone") for zone in ("", "Nowhere", "../etc/passwd")],
)
def test_what_cannot_be_kept_is_asked_for_again(someone, form, field):
    someone.open(PROFILE)
    answer = someone.send(PROFILE, **form)
    assert answer.status_code == 422
    assert f'id="{field}-e"' in answer.text
    assert unescape(form["name"]) in answer.text


def test_every_zone_of_the_list_is_one():
    from zoneinfo import ZoneInfo

    assert {ZoneInfo(each).key for each in time_zones.listed()} == set(time_zones.listed())
    assert time_zones.listed()[0] == "UTC"
    assert "Europe/Berlin" in time_zones.listed()


def test_product_mails_can_be_declined_and_those_about_safety_cannot(polis, someone, ada):
    someone.open(PROFILE)
    someone.send(PROFILE, name="", time_zone="UTC", product_mails="yes")
    with polis.services.database.reading() as session:
        assert not post.declines(session, ada)
    someone.open(PROFILE)
    someone.send(PROFILE, name="", time_zone="UTC")
    with polis.services.database.reading() as session:
        assert post.declines(session, ada)
    someone.open("/app/settings/password")
    someone.send("/app/settings/password", password=NEW)
    assert "password" in someone.letter(ada).subject


@pytest.mark.parametrize("path", FRESH)
def test_a_page_that_changes_a_way_in_takes_a_fresh_sign_in(polis, ada, path):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        visitor = Visitor(polis, peer=anywhere())
        visitor.sign_in(ada)
        assert visitor.open(f"/app/settings/{path}").status_code == 200
        traveller.shift(timedelta(minutes=10))
        asked = visitor.open(f"/app/settings/{path}")
        assert asked.location.endswith("&again=1")
        visitor.open(asked.location)
        again = visitor.send("/login", email=ada, password=PASSWORD, next=f"/app/settings/{path}")
        assert visitor.open(again.location).status_code == 200


@pytest.mark.parametrize("path", FRESH_ACTS)
def test_an_act_that_changes_a_way_in_takes_one_too(polis, ada, path):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        visitor = Visitor(polis, peer=anywhere())
        visitor.sign_in(ada)
        visitor.open(PROFILE)
        traveller.shift(timedelta(minutes=10))
        answer = visitor.send(f"/app/settings/{path}", password=NEW, email="x@example.com")
        assert answer.status_code == 303
        assert answer.location.startswith("/login?next=%2Fapp%2Fsettings")
        assert answer.location.endswith("&again=1")


@pytest.mark.parametrize("path", [PROFILE, SECURITY, *(f"/app/settings/{each}" for each in FRESH)])
def test_a_stranger_signs_in_first(another, path):
    assert another.open(path).location.startswith("/login?next=%2Fapp%2Fsettings")


def test_a_new_password_signs_every_other_browser_out_and_is_told(polis, someone, another, ada):
    another.sign_in(ada)
    someone.open("/app/settings/password")
    assert (
        someone.send("/app/settings/password", password=NEW).location == f"{SECURITY}?done=password"
    )
    assert someone.is_signed_in()
    assert not another.is_signed_in()
    assert "was changed" in someone.letter(ada).body
    assert another.sign_in(ada).status_code == 422
    assert another.sign_in(ada, NEW).status_code == 303
    assert "Last changed" in someone.open(SECURITY).text


@pytest.mark.parametrize("password", ["", "short", "password1234", "x" * 1001])
def test_a_password_that_is_guessed_early_is_refused(polis, someone, ada, password):
    someone.open("/app/settings/password")
    answer = someone.send("/app/settings/password", password=password)
    assert answer.status_code == 422
    assert 'id="password-e"' in answer.text
    assert Visitor(polis, peer=anywhere()).sign_in(ada).status_code == 303


def test_whoever_has_no_password_sets_one(polis, another, email):
    nobody = somebody(polis, f"no.{email}", None)
    another.ask_link(nobody)
    another.press(another.link(nobody))
    assert "You sign in by links" in another.open(SECURITY).text
    another.open("/app/settings/password")
    another.send("/app/settings/password", password=NEW)
    assert Visitor(polis, peer=anywhere()).sign_in(nobody, NEW).status_code == 303


def offered(someone):
    page = someone.open("/app/settings/authenticator").text
    seed = re.search(r'<code id="seed">([A-Z2-7]{32})</code>', page)[1]
    return seed, re.search(r'name="offer" value="([^"]+)"', page)[1]


def test_an_app_is_set_up_by_its_first_code_and_brings_ten_codes_once(polis, someone, ada):
    seed, offer = offered(someone)
    assert not someone_has(polis, ada, Authenticator)
    page = someone.send("/app/settings/authenticator", offer=offer, code=code_of(seed, -1))
    assert page.headers["Cache-Control"] == "no-store"
    codes = re.findall(r"<li><code>([a-z2-9-]{19})</code>", page.text)
    assert len(set(codes)) == 10
    file = re.search(r'href="data:text/plain;charset=utf-8,([^"]+)" download', page.text)[1]
    assert [line for line in unquote(file).splitlines() if "-" in line][-10:] == codes
    assert "An authenticator app was added" in someone.letter(ada).body
    visitor = Visitor(polis, peer=anywhere())
    visitor.sign_in(ada)
    visitor.open("/login/second")
    assert visitor.send("/login/second", how="recovery", recovery=codes[0]).status_code == 303
    assert "9 of 10 left" in visitor.open(SECURITY).text
    assert not any(code in visitor.open(SECURITY).text for code in codes)


def someone_has(polis, email, table):
    with polis.services.database.reading() as session:
        who = session.scalar(select(User.id).where(User.email == email))
        return session.scalars(select(table).where(table.user_id == who)).first() is not None


def test_the_picture_is_drawn_by_us_and_says_what_the_text_says(someone, ada):
    seed, _offer = offered(someone)
    picture = re.search(r'<svg class="qr".*?</svg>', someone.page.text, re.DOTALL)[0]
    size, path = re.search(r'viewBox="0 0 (\d+) \1".*<path d="([^"]+)"/>', picture).groups()
    told = f"otpauth://totp/Polis:{quote(ada)}?secret={seed}&issuer=Polis"
    rows = segno.make(told, error="m", micro=False).matrix
    dark = [(x + 4, y + 4) for y, row in enumerate(rows) for x, each in enumerate(row) if each]
    assert path == "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    assert int(size) == len(rows) + 8  # the quiet that scanners need around it
    assert "style" not in picture
    assert "http" not in picture


def test_a_wrong_code_shows_the_same_picture_again(someone):
    seed, offer = offered(someone)
    answer = someone.send("/app/settings/authenticator", offer=offer, code="000000")
    assert answer.status_code == 422
    assert seed in answer.text
    assert 'id="code-e"' in answer.text


def test_an_offer_is_its_persons_alone_and_lives_half_an_hour(polis, someone, another, ada):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        seed, offer = offered(someone)
        other = somebody(polis, f"other.{ada}")
        another.sign_in(other)
        another.open("/app/settings/authenticator")
        code = code_of(seed)
        answer = another.send("/app/settings/authenticator", offer=offer, code=code)
        assert (answer.status_code, seed in answer.text) == (422, False)
        for rubbish in ("", "x", "a.b.c.d.e", offer[:-4] + "AAAA"):
            answer = another.send("/app/settings/authenticator", offer=rubbish, code=code)
            assert answer.status_code == 422
        traveller.shift(timedelta(minutes=9))
        someone.open("/login?again=1")
        someone.send("/login", email=ada, password=PASSWORD)
        traveller.shift(timedelta(minutes=9))
        someone.open("/login?again=1")
        someone.send("/login", email=ada, password=PASSWORD)
        traveller.shift(timedelta(minutes=9))
        someone.open("/login?again=1")
        someone.send("/login", email=ada, password=PASSWORD)
        traveller.shift(timedelta(minutes=4))
        someone.open("/app/settings/codes")
        late = someone.send("/app/settings/authenticator", offer=offer, code=code_of(seed))
        assert (late.status_code, seed in late.text) == (422, False)


def test_a_second_app_is_refused_and_the_first_goes_on(polis, someone, ada):
    seed, offer = offered(someone)
    with_app(polis, user(polis, ada).id)
    answer = someone.send("/app/settings/authenticator", offer=offer, code=code_of(seed))
    assert answer.status_code == 409


def test_removing_the_last_factor_ends_the_codes(polis, someone, ada):
    with_app(polis, user(polis, ada).id)
    with_codes(polis, user(polis, ada).id)
    someone.open(SECURITY)
    assert someone.send("/app/settings/authenticator/remove").status_code == 303
    assert not someone_has(polis, ada, Authenticator)
    assert not someone_has(polis, ada, RecoveryCode)
    assert "was removed" in someone.letter(ada).body
    assert Visitor(polis, peer=anywhere()).sign_in(ada).location == "/app/"


def test_new_codes_end_the_old_ones(polis, someone, ada):
    with_app(polis, user(polis, ada).id)
    old = with_codes(polis, user(polis, ada).id)
    someone.open("/app/settings/codes")
    page = someone.send("/app/settings/codes")
    new = re.findall(r"<li><code>([a-z2-9-]{19})</code>", page.text)
    assert len(new) == 10
    visitor = Visitor(polis, peer=anywhere())
    visitor.sign_in(ada)
    visitor.open("/login/second")
    assert visitor.send("/login/second", how="recovery", recovery=old[0]).status_code == 422
    assert visitor.send("/login/second", how="recovery", recovery=new[0]).status_code == 303


def test_every_page_about_recovery_codes_says_how_many_there_are(polis, someone, another, ada):
    new_passkey = someone.open("/app/settings/passkeys/new").text
    assert "You get 10 recovery codes for the day the device is gone." in new_passkey
    with_app(polis, user(polis, ada).id)
    with_codes(polis, user(polis, ada).id)
    page = someone.open("/app/settings/codes").text
    assert "10 of 10 are left." in page
    assert re.search(r"<button[^>]*>Make 10 new codes</button>", page)
    another.sign_in(ada)
    assert "One of the 10 you kept." in another.open("/login/second?how=recovery").text


def test_codes_without_a_factor_are_refused(someone):
    someone.open(PROFILE)
    assert someone.send("/app/settings/codes").status_code == 409


def begun(polis, email, agent=FIREFOX, address="198.51.100.20"):
    with polis.services.transaction() as session:
        who = session.scalar(select(User.id).where(User.email == email))
        return sessions.begin(session, who, Browser(address, agent), clock.now())


def test_browsers_are_listed_with_this_one_named_and_signed_out_one_by_one(polis, someone, ada):
    other = begun(polis, ada, "Mozilla/5.0 (iPhone) Safari/604.1", "198.51.100.21")
    page = someone.open(SECURITY).text
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("this one</span>") == 1
    assert "198.51.100.21" in page
    assert someone.send(f"/app/settings/sessions/{other.id}/end").location.endswith("done=ended")
    with polis.services.database.reading() as session:
        assert sessions.resume(session, other.secret, clock.now()) is None
    assert someone.is_signed_in()


def test_somebody_elses_browser_does_not_exist(polis, someone, another, ada):
    other = somebody(polis, f"other.{ada}")
    theirs = begun(polis, other)
    someone.open(SECURITY)
    for session_id in (theirs.id, "ses_x", "x" * 300):
        assert someone.send(f"/app/settings/sessions/{session_id}/end").status_code == 404
    with polis.services.database.reading() as session:
        assert sessions.resume(session, theirs.secret, clock.now()) is not None


@pytest.mark.parametrize(("which", "stays"), [("others", True), ("everywhere", False)])
def test_every_other_browser_or_all_are_signed_out(polis, someone, ada, which, stays):
    others = [begun(polis, ada) for _ in range(3)]
    someone.open(SECURITY)
    someone.send("/app/settings/sessions", which=which)
    with polis.services.database.reading() as session:
        alive = [sessions.resume(session, each.secret, clock.now()) for each in others]
    assert alive == [None] * 3
    assert someone.is_signed_in() == stays


def test_many_browsers_come_in_pages_without_more_questions(polis, someone, ada):
    asked = []

    def count(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(polis.services.database.engine, "before_cursor_execute", count)
    try:
        counts = []
        for _ in range(2):
            someone.open(SECURITY)
            asked.clear()
            someone.open(SECURITY)
            counts.append(len([each for each in asked if each.lstrip().startswith("SELECT")]))
            for number in range(25):
                begun(polis, ada, address=f"198.51.100.{number}")
    finally:
        event.remove(polis.services.database.engine, "before_cursor_execute", count)
    assert counts[0] == counts[1] <= 12
    seen, path = [], SECURITY
    while path:
        page = someone.open(path).text
        seen += re.findall(r"/sessions/(ses_\w+)/end", page)
        found = re.search(r'href="(/app/settings/security\?before=[^"#]+)', page)
        path = found and found[1]
    assert len(seen) == len(set(seen)) == 50
    assert seen == sorted(seen, reverse=True)


def test_what_was_done_is_in_the_log_of_ones_organization(polis, someone, ada):
    with_app(polis, user(polis, ada).id)
    with polis.services.database.reading() as session:
        said = select(AuditEvent.action).where(AuditEvent.actor == user(polis, ada).id)
        assert "account.authenticator_added" in session.scalars(said).all()
