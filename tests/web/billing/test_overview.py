"""The page of billing: what can be spent, from where, and what can be done about it."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.domain import wallets
from app.domain.wallets import Wallet
from app.kit import clock
from app.web.play_money import SENTENCES
from tests.web.billing.conftest import PAGE, balance
from tests.web.member import said


def cells(page: str) -> dict[str, str]:
    """The first table of the page: rows by their name."""
    table = page.partition("</table>")[0]
    return dict(re.findall(r'<th scope="row">([^<]+).*?class="num">([^<]+)<', table))


def test_without_a_plan_it_tells_tokens_and_offers_plans_and_packs(payer):
    page = payer.shown()
    assert balance(page) == "1,300"
    assert cells(page) == {"Trial": "300", "Packs": "1,000", "Until tests are refused": "1,300"}
    assert "Choose Starter" in page
    assert "Without a plan there is no overage" in page
    assert "Payment details" not in page


def test_on_a_plan_it_tells_the_overage_and_the_reset(payer):
    payer.bought("plan:starter")
    page = payer.shown()
    assert balance(page) == "5,300"
    assert cells(page)["Included in Starter"] == "4,000"
    assert cells(page)["Overage, up to the cap"] == "4,000"
    assert cells(page)["Until tests are refused"] == "9,300"
    words = said(payer.page)
    assert "$20.00 of $20.00 left this period, at $0.005 a token" in words
    assert "At $20.00, tests stop after 4,000 tokens of overage a period." in words
    assert re.search(r"Renews on \d+ \w+( \d+)? for \$20\.00", words)
    assert "About $30.00 now. Then $50.00 on" in words


def test_held_tokens_are_said_and_counted_to_nobody(payer):
    payer.run(10)
    page = payer.shown()
    assert balance(page) == "1,290"
    assert "10 more tokens are held by running tests" in page


def test_it_says_which_money_it_is(payer):
    assert SENTENCES["simulated"] in payer.shown()
    with payer.where_cards_are("sk_test_1") as there:
        assert SENTENCES["stripe_test"] in there.shown()
    with payer.where_cards_are("sk_live_1") as there:
        assert "Test mode" not in there.shown()


def test_what_an_installation_does_not_sell_is_not_offered(payer):
    with payer.polis.taking("off") as other:
        page = payer.where(other).shown()
    assert "sells nothing" in page
    assert "/app/billing/buy" not in page
    assert "/app/billing/invoices" not in page


def test_what_is_owed_is_said(payer):
    wallet = Wallet(payer.organization_id, "live", "simulated")
    with payer.polis.services.transaction() as session:
        wallets.locked(session, wallet).debt = 250
    page = payer.shown()
    assert "250 tokens are owed." in page
    assert cells(page)["Until tests are refused"] == "0"
    with payer.polis.services.transaction() as session:
        wallets.locked(session, wallet).debt = 0


def test_a_plan_its_operator_gave_is_shown_and_nothing_is_offered_beside_it(payer):
    payer.polis.on_plan(payer.polis.as_(payer.who))
    page = payer.shown()
    assert "your plan" in page
    assert "Cancel plan" not in page
    assert "Change to Pro" not in page
    assert "Choose" not in page


@pytest.mark.parametrize("status", ["past_due", "unpaid"])
def test_while_an_invoice_is_open_no_plan_can_be_changed(payer, status):
    payer.bought("plan:starter")
    payer.account(status=status, failing_since=clock.now(), open_invoice_id="in_1")
    page = payer.shown()
    assert 'href="/app/billing/plan?to=pro"' not in page
    assert "Once the open invoice is paid." in page


def test_a_first_payment_that_is_not_finished_is_not_begun_beside(payer):
    payer.account(status="incomplete", open_invoice_id="in_1")
    page = payer.shown()
    assert "Choose" not in page
    assert "Once the open invoice is paid." in page


def test_the_pace_says_when_tokens_and_cap_are_used_up(payer):
    start = clock.day_start(clock.now()) + timedelta(days=40, hours=9)
    with time_machine.travel(start, tick=False) as traveller:
        payer.sign_in(payer.email)
        payer.bought("plan:starter")
        for _ in range(4):
            payer.run(900)
            payer.polis.work_off()
            traveller.shift(timedelta(days=1))
        payer.sign_in(payer.email)
        payer.shown()
    words = said(payer.page)
    assert re.search(
        r"At 900 tokens a day, the mean of 4 days \(900\S900\), what is prepaid is used up around",
        words,
    )
    assert re.search(r"At your pace that is around \d+ \w+( \d+)? , before the reset on", words)


def test_the_newest_entries_of_the_month_stand_below(payer):
    for _ in range(9):
        payer.run(1 * 10)
    payer.polis.work_off()
    page = payer.shown()
    rows = re.findall(r'<tr><td data-label="Date">', page)
    assert len(rows) == 10
    assert f'href="{PAGE}/statement"' in page
