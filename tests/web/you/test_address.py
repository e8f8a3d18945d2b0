"""Another address: confirmed at the new one by its own account, undone for a week at the old."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.kit import clock
from app.models.accounts import User
from app.models.factors import Authenticator
from app.models.sign_in import MailedLink
from app.models.work import Work
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.account.second_factors import anywhere, with_app
from tests.web.account.somebody import somebody

ASK = "/app/settings/email"
NEW = "eleven quiet lighthouse keepers"


@pytest.fixture
def wanted(email):
    return f"new.{email}"


def ask(visitor, address):
    visitor.open(ASK)
    return visitor.send(ASK, email=address)


def changed(visitor, address):
    """Ask and confirm."""
    assert ask(visitor, address).status_code == 200
    assert visitor.press(visitor.link(address)).status_code == 200


def holder(polis, address):
    with polis.services.database.reading() as session:
        return session.scalar(
            select(User.id).where(User.email == address, User.deleted_at.is_(None))
        )


def test_an_address_counts_once_it_is_confirmed(polis, someone, ada, wanted):
    who = holder(polis, ada)
    ask(someone, wanted)
    assert holder(polis, ada) == who
    page = someone.press(someone.link(wanted))
    assert wanted in page.text
    assert f'href="/app/settings">{wanted}</a>' in page.text  # at the top, beside "Sign out"
    assert holder(polis, wanted) == who
    assert holder(polis, ada) is None
    assert someone.is_signed_in()
    visitor = Visitor(polis, peer=anywhere())
    assert visitor.sign_in(ada).status_code == 422
    assert visitor.sign_in(wanted).status_code == 303


def test_only_the_account_that_asked_confirms_it(polis, someone, another, ada, wanted):
    """An address typed wrongly is somebody else's mailbox."""
    ask(someone, wanted)
    link = someone.link(wanted)
    another.open(link)
    refused = another.send(link)
    assert refused.status_code == 403
    assert "Sign in first" in refused.text
    assert refused.headers["X-Request-Id"] in refused.text
    another.sign_in(somebody(polis, f"third.{ada}"))
    another.open(link)
    assert another.send(link).status_code == 403
    assert holder(polis, wanted) is None
    assert someone.press(link).status_code == 200


def test_whether_an_address_has_an_account_only_its_owner_is_told(polis, someone, ada, wanted):
    known = somebody(polis, f"known.{ada}")
    said = [ask(someone, each).text.replace(each, "").replace(each.replace("@", "%40"), "")
            for each in (known, f"nobod.{ada}")]  # fmt: skip
    tokens = [text.split('name="csrf_token" value="')[0] for text in said]
    assert tokens[0] == tokens[1]
    assert "/link/" not in someone.letter(known).body
    assert "has an\naccount of its own" in someone.letter(known).body
    assert holder(polis, known) != holder(polis, ada)


def test_a_confirmation_works_once_and_for_half_an_hour(polis, someone, ada, wanted):
    ask(someone, wanted)
    link = someone.link(wanted)
    with time_machine.travel(clock.now() + timedelta(minutes=31), tick=False):
        assert someone.open(link).status_code == 404
    assert someone.press(link).status_code == 200
    assert someone.open(link).status_code == 404


def test_an_address_taken_meanwhile_is_not_taken_twice(polis, someone, ada, wanted):
    ask(someone, wanted)
    link = someone.link(wanted)
    other = somebody(polis, wanted)
    someone.open(link)
    assert someone.send(link).status_code == 404
    assert holder(polis, other) != holder(polis, ada)


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x" * 300 + "@example.com", "a b@c.de"])
def test_what_is_no_address_is_asked_for_again(someone, typed):
    answer = ask(someone, typed)
    assert answer.status_code == 422
    assert 'id="email-e"' in answer.text


def test_ones_own_address_is_no_change(someone, ada):
    assert ask(someone, ada.upper()).status_code == 422


def test_an_address_is_proved_before_it_is_changed(polis, another, email):
    another.sign_up(f"fresh.{email}")
    another.sign_in(f"fresh.{email}")
    assert "Change it" not in another.open("/app/settings").text
    assert ask(another, f"other.{email}").status_code == 403


def test_the_old_address_undoes_it_for_a_week_and_everybody_is_signed_out(
    polis, someone, another, ada, wanted
):
    who = holder(polis, ada)
    changed(someone, wanted)
    undo = someone.link(ada)
    with time_machine.travel(clock.now() + timedelta(days=6, hours=23)):
        assert another.open(undo).status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        assert another.open(undo).status_code == 404
    page = another.press(undo)
    assert ada in page.text
    assert holder(polis, ada) == who
    assert not someone.is_signed_in()
    assert another.open(undo).status_code == 404
    assert another.sign_in(ada).status_code == 303


def test_what_came_since_goes_with_it_and_what_was_before_stays(
    polis, someone, another, ada, wanted
):
    changed(someone, wanted)
    with_app(polis, holder(polis, wanted))
    someone.open("/app/settings/password")
    someone.send("/app/settings/password", password=NEW)
    another.press(another.link(ada))
    with polis.services.database.reading() as session:
        mine = select(Authenticator).where(Authenticator.user_id == holder(polis, ada))
        assert session.scalars(mine).all() == []
    assert another.sign_in(ada, NEW).status_code == 422
    assert another.sign_in(ada, PASSWORD).status_code == 422  # the new one replaced it
    another.ask_link(ada)
    assert another.press(another.link(ada)).status_code == 303


def test_a_factor_of_before_outlives_an_undo(polis, someone, another, ada, wanted):
    with time_machine.travel(clock.now() - timedelta(minutes=5), tick=False):
        with_app(polis, holder(polis, ada))
    changed(someone, wanted)
    another.press(another.link(ada))
    assert another.sign_in(ada).location == "/login/second"


def test_a_second_change_does_not_take_the_first_undo_along(polis, someone, another, ada, wanted):
    who = holder(polis, ada)
    changed(someone, wanted)
    first = someone.link(ada)
    changed(someone, f"2.{wanted}")
    second = someone.link(wanted)
    assert another.press(first).status_code == 200
    assert holder(polis, ada) == who
    assert another.open(second).status_code == 404


def test_a_sign_in_link_does_not_take_the_undo_along(polis, someone, another, ada, wanted):
    changed(someone, wanted)
    undo = someone.link(ada)
    someone.ask_link(wanted)
    someone.press(someone.link(wanted))
    assert another.press(undo).status_code == 200


def test_whoever_took_the_account_cannot_keep_it_by_signing_up_with_the_old_address(
    polis, someone, another, ada, wanted
):
    who = holder(polis, ada)
    changed(someone, wanted)
    undo = someone.link(ada)
    Visitor(polis, peer=anywhere()).sign_up(ada)
    assert holder(polis, ada) not in {None, who}
    assert another.press(undo).status_code == 200
    assert holder(polis, ada) == who


def test_an_old_address_somebody_proved_since_is_theirs(polis, someone, another, ada, wanted):
    changed(someone, wanted)
    undo = someone.link(ada)
    theirs = Visitor(polis, peer=anywhere()).sign_up(ada)
    theirs.press(theirs.link(ada))
    another.open(undo)
    assert another.send(undo).status_code == 409
    assert holder(polis, wanted) is not None


def test_no_link_of_it_stands_in_clear(polis, someone, ada, wanted):
    changed(someone, wanted)
    links = [someone.link(wanted), someone.link(ada)]
    secrets = {each.rpartition("/")[2] for each in links}
    with polis.services.database.reading() as session:
        kept = repr(session.scalars(select(Work.payload)).all())
        kept += repr(session.scalars(select(MailedLink.digest)).all())
    assert not [each for each in secrets if each in kept]
