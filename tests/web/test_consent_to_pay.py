"""The page somebody is asked to pay on: theirs alone, signed in by themselves, and bought once."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, update

from app.domain import keys
from app.kit import clock
from app.models.accounts import Membership, Organization, User
from app.models.billing import Purchase
from app.models.grants import Grant
from app.web.play_money import SENTENCES
from tests import oauth
from tests.tools.installation import polis, standing
from tests.web.account.browser import BASE, PASSWORD, Visitor
from tests.web.fixtures import email
from tests.web.member import said, signed_in, someone
from tests.web.paying import (
    CHECKOUT,
    agrees,
    app_of,
    asked,
    modern,
    pay_at,
    pays,
    purchases,
    told,
)

__all__ = ["email", "polis", "someone", "standing"]

NOT_YOURS = "This was asked for by somebody else&#39;s connection."


@pytest.fixture
def agent(someone):
    """A key of somebody, called "second"."""
    return someone.agent()


@pytest.fixture
def path(agent) -> str:
    """The page an agent of theirs asks them on."""
    return asked(modern(agent))[0].removeprefix(BASE)


def change(polis, statement) -> None:
    with polis.services.transaction() as session:
        session.execute(statement)


def not_shown(visitor, path: str) -> None:
    """Neither page nor button is there, and nothing of the purchase is told."""
    visitor.open("/app/settings")  # a form's token
    for answer in (visitor.open(path), visitor.send(path)):
        assert answer.status_code == 404
        assert NOT_YOURS in answer.text
        for fact in ("1,000", "$5", "second", "Small pack", "Go to checkout"):
            assert fact not in answer.text


def test_the_page_says_what_is_bought_for_whom_and_who_asks(polis, someone, path):
    with polis.unchanged():
        page = someone.open(path)
    assert page.status_code == 200
    with polis.services.database.reading() as session:
        name = session.get_one(Organization, someone.organization_id).name
    for fact in (
        "1,000 tokens",
        "$5.00",
        "Small pack",
        "the key second",
        name,
        SENTENCES["simulated"],
    ):
        assert fact in said(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.text
    assert page.text.count("<form") == page.text.count('action="/logout"') + 1 == 2


def test_an_app_is_called_by_its_name_and_that_is_text(someone):
    app = oauth.client(someone.polis.services, name="<b>Claude</b>")
    page = someone.open(asked(modern(app_of(someone, app=app)))[0].removeprefix(BASE))
    assert "the app &lt;b&gt;Claude&lt;/b&gt;" in page.text
    assert 'href="/app/apps"' in page.text


def test_the_button_opens_the_providers_page_and_whoever_paid_comes_back(polis, someone, path):
    checkout = agrees(someone, path)
    assert checkout.startswith(CHECKOUT)
    paid = polis.services.biller().pay(checkout.removeprefix(CHECKOUT), clock.now())
    assert paid.back_url.startswith(f"{BASE}/pay/")
    assert "Confirming the payment" in someone.open(path).text
    polis.work_off()
    page = someone.open(path)
    assert "Paid. The tokens are there." in page.text
    assert page.text.count("<form") == 1  # the one that signs out


def test_whoever_has_not_confirmed_their_address_agrees_to_nothing(polis, someone, agent, path):
    with polis.services.transaction() as session:
        session.get_one(User, agent.who.user_id).email_verified_at = None
    someone.open(path)
    with polis.unchanged():
        refused = someone.send(path)
    assert refused.status_code == 403
    assert "Confirm your e-mail address before you buy." in refused.text
    assert purchases(polis, agent)[0].paid_at is None


def test_pressing_twice_buys_once(polis, someone, agent, path):
    checkout, token = agrees(someone, path), someone.token
    assert agrees(someone, path) == checkout
    pay_at(polis, checkout)
    again = someone.http.post(path, base_url=BASE, data={"csrf_token": token})
    assert again.status_code == 303
    assert again.location.startswith(f"{BASE}/pay/")
    assert agent.call("polis_account")["pack_tokens_remaining"] == 2000
    assert len(purchases(polis, agent)) == 1


def test_no_button_without_the_token_of_its_form(polis, someone, agent, path):
    someone.open(path)
    assert someone.send(path, token=False).status_code == 400
    assert purchases(polis, agent)[0].checkout_id is None


def test_somebody_else_is_shown_nothing(polis, email, path):
    not_shown(signed_in(polis, f"else.{email}"), path)


def test_somebody_else_of_the_same_organization_is_shown_nothing(polis, someone, email, path):
    other = signed_in(polis, f"else.{email}")
    with polis.services.transaction() as session:
        facts = {"organization_id": someone.organization_id, "user_id": other.who.user_id}
        session.add(Membership(**facts, role="owner", created_at=clock.now()))
    not_shown(other, path)


def test_a_page_that_is_not_there_says_the_same(polis, someone, path):
    not_shown(someone, f"/app/pay/pur_{'0' * 26}")
    not_shown(someone, "/app/pay/x")
    plain = someone.agent()
    told(modern(plain, {"pack": "small"}, {}))
    newest = purchases(polis, plain)[-1]
    assert newest.asked_by is None
    not_shown(someone, f"/app/pay/{newest.id}")


def test_whoever_is_not_signed_in_signs_in_and_comes_back(polis, email, path):
    visitor = Visitor(polis)
    led = visitor.open(path)
    assert (led.status_code, led.location) == (303, f"/login?next={path.replace('/', '%2F')}")
    signed = visitor.sign_in(email, PASSWORD, onward=path)
    assert (signed.status_code, signed.location) == (303, path)
    assert visitor.open(path).status_code == 200


def test_a_revoked_key_asks_nobody_any_more(polis, someone, agent, path):
    with polis.services.transaction() as session:
        keys.revoke(session, someone.organization_id, agent.who.key_id, actor="x", now=clock.now())
    not_shown(someone, path)


def test_an_app_that_was_disconnected_asks_nobody_any_more(polis, someone):
    path = asked(modern(app_of(someone)))[0].removeprefix(BASE)
    mine = Grant.organization_id == someone.organization_id
    change(polis, update(Grant).where(mine).values(ended_at=clock.now()))
    not_shown(someone, path)


def test_whoever_left_the_organization_is_not_asked_to_pay_for_it(polis, someone, path):
    mine = Membership.organization_id == someone.organization_id
    change(polis, delete(Membership).where(mine))
    answer = someone.open(path)
    assert (answer.status_code, NOT_YOURS in answer.text) == (404, True)


@pytest.mark.parametrize("column", ["suspended_at", "deletion_due_at"])
def test_nothing_is_bought_for_an_organization_that_is_stopped(polis, someone, path, column):
    someone.open(path)
    mine = Organization.id == someone.organization_id
    change(polis, update(Organization).where(mine).values({column: clock.now()}))
    assert someone.send(path).status_code == 403
    assert someone.open(path).status_code == 403


def test_a_page_left_alone_ends(polis, someone, agent, path):
    someone.open(path)
    change(
        polis,
        update(Purchase)
        .where(Purchase.id == path.rpartition("/")[2])
        .values(expires_at=clock.now() - timedelta(minutes=1)),
    )
    page = someone.open(path)
    assert "nothing was paid" in page.text
    assert "Go to checkout" not in page.text
    with polis.unchanged():
        assert someone.send(path).location.startswith(f"{BASE}/pay/")
    assert purchases(polis, agent)[0].checkout_id is None


def test_a_page_of_another_kind_of_money_is_not_there(polis, someone, path):
    change(
        polis,
        update(Purchase).where(Purchase.id == path.rpartition("/")[2]).values(mode="stripe_test"),
    )
    not_shown(someone, path)


def test_browsers_let_the_button_lead_to_the_provider(polis, someone, email, path):
    assert "form-action 'self';" in someone.open(path).headers["Content-Security-Policy"]
    mine = Purchase.organization_id == someone.organization_id
    change(polis, update(Purchase).where(mine).values(mode="stripe_test"))
    with polis.taking("stripe") as other:
        visitor = Visitor(other)
        visitor.sign_in(email)
        policy = visitor.open(path).headers["Content-Security-Policy"]
    assert "form-action 'self' https://checkout.stripe.com https://billing.stripe.com;" in policy


def test_where_test_cards_are_needed_the_page_does_not_say_no_card(polis, someone, email, path):
    mine = Purchase.organization_id == someone.organization_id
    change(polis, update(Purchase).where(mine).values(mode="stripe_test"))
    with polis.taking("stripe") as other:
        visitor = Visitor(other)
        visitor.sign_in(email)
        page = said(visitor.open(path))
    assert SENTENCES["stripe_test"] in page
    assert "no card" not in page


def test_a_payment_is_told_to_whoever_comes_back_to_the_page_days_later(polis, someone, path):
    pays(someone, path)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert "Paid." in someone.open(path).text
