"""Another plan: exact amounts first, then the change; dearer now, cheaper with the next period."""

from datetime import timedelta

import pytest
import time_machine

from app.domain.billing.biller import BillerAway, PaymentDeclined
from app.kit import clock
from tests.web.billing.conftest import PAGE, Away, Providing, balance
from tests.web.member import said

PLAN = f"{PAGE}/plan"


def test_a_step_up_tells_what_it_costs_and_brings_and_comes_at_once(payer):
    payer.bought("plan:starter")
    payer.shown(f"{PLAN}?to=pro")
    words = said(payer.page)
    assert "$30.00 now, then $50.00 on" in words
    assert "about 8,500 more" in words
    assert "12,500 instead of 4,000" in words
    assert "$50.00 a period instead of $20.00" in words
    answer = payer.send(PLAN, to="pro", at=payer.hidden("at"))
    assert answer.location == f"{PAGE}?done=changed"
    page = payer.shown(answer.location)
    assert "The plan is changed." in page
    assert balance(page) == "13,800"
    assert "Included in Pro" in page


def test_within_a_period_it_costs_and_brings_its_part(payer):
    payer.bought("plan:starter")
    with time_machine.travel(clock.now() + timedelta(days=10), tick=False):
        payer.shows_again()
        payer.shown(f"{PLAN}?to=pro")
        words = said(payer.page)
        payer.send(PLAN, to="pro", at=payer.hidden("at"))
        page = payer.shown()
    due = words.partition(" now, then $50.00 on")[0].rpartition(" ")[2]
    more = int(words.partition(" more Tokens a month")[0].rpartition("about ")[2].replace(",", ""))
    assert "$19.00" < due < "$21.00"
    assert balance(page) == f"{5_300 + more:,}"
    assert f"payment, {due}" in said(payer.page)


def test_a_step_down_costs_nothing_today_and_says_what_is_lost(payer):
    payer.bought("plan:pro")
    payer.shown(f"{PLAN}?to=starter")
    words = said(payer.page)
    assert "Nothing today, then $20.00 on" in words
    assert "4,000 instead of 12,500" in words
    assert "$0.005 instead of $0.004" in words
    answer = payer.send(PLAN, to="starter", at=payer.hidden("at"))
    assert answer.location == f"{PAGE}?done=planned"
    payer.shown()
    words = said(payer.page)
    assert "Changes to Starter on" in words
    assert "reset to 4,000 on" in words
    assert balance(payer.shown()) == "13,800"
    assert payer.send(f"{PAGE}/keep").location == f"{PAGE}?done=kept"
    assert "Changes to Starter" not in payer.shown()


def test_a_step_up_takes_a_fresh_sign_in(payer):
    payer.bought("plan:starter")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert "You sign in once more first" in payer.shown(f"{PLAN}?to=pro")
        answer = payer.send(PLAN, to="pro", at=payer.hidden("at"))
        assert answer.location.startswith("/login?next=%2Fapp%2Fbilling%2Fplan%3Fto%3Dpro")
        assert "Included in Starter" in payer.shown()


@pytest.mark.parametrize("minutes", [16, -1])
def test_a_price_holds_for_a_quarter_of_an_hour(payer, minutes):
    payer.bought("plan:starter")
    payer.shown(f"{PLAN}?to=pro")
    at = int(payer.hidden("at")) - minutes * 60_000
    answer = payer.send(PLAN, to="pro", at=str(at))
    assert answer.status_code == 409
    assert "The price was reckoned anew." in answer.text
    assert "Included in Starter" in payer.shown()


@pytest.mark.parametrize("at", ["", "x", "9" * 16, "1" * 13, "²"])
def test_a_price_of_no_moment_is_reckoned_anew(payer, at):
    payer.bought("plan:starter")
    payer.shown(f"{PLAN}?to=pro")
    assert payer.send(PLAN, to="pro", at=at).status_code == 409


@pytest.mark.parametrize(("plan", "status"), [("none", 404), ("trial", 404), ("starter", 409)])
def test_what_is_no_change_is_refused_on_the_page(payer, plan, status):
    payer.bought("plan:starter")
    assert 'class="balance"' in payer.shown(f"{PLAN}?to={plan}", status)
    answer = payer.send(PLAN, to=plan, at=str(clock.milliseconds(clock.now())))
    assert answer.status_code == status
    assert payer.open(PLAN).location == PAGE


def test_without_a_plan_there_is_nothing_to_change(payer):
    payer.shown(f"{PLAN}?to=pro", 409)


class Declining(Providing):
    def change_now(self, *_args):
        raise PaymentDeclined("The card was declined; the plan stays as it was.")


class LostAfterwards(Providing):
    """Does what it is asked, and then answers nothing more."""

    def subscriptions(self, _customer_id):
        raise BillerAway("The payment provider does not answer.")


def test_a_card_that_is_declined_leaves_the_plan_as_it_was(payer):
    payer.bought("plan:starter")
    with payer.at_another(Declining) as there:
        there.shown(f"{PLAN}?to=pro")
        answer = there.send(PLAN, to="pro", at=there.hidden("at"))
        assert answer.status_code == 409
        assert "The card was declined; the plan stays as it was." in answer.text
        assert "Included in Starter" in there.shown()


def test_what_was_done_counts_though_it_could_not_be_read_again(payer):
    payer.bought("plan:starter")
    with payer.at_another(LostAfterwards) as there:
        there.shown(f"{PLAN}?to=pro")
        answer = there.send(PLAN, to="pro", at=there.hidden("at"))
        assert answer.location == f"{PAGE}?done=changed"
    payer.polis.work_off()
    assert "Included in Pro" in payer.shown()


def test_where_the_provider_is_away_nothing_is_told(payer):
    payer.bought("plan:starter")
    with payer.at_another(Away) as there:
        assert "The payment provider does not answer." in there.shown(f"{PLAN}?to=pro", 503)


def test_whoever_has_not_confirmed_their_address_changes_to_nothing_dearer(payer):
    payer.bought("plan:starter")
    payer.shown(f"{PLAN}?to=pro")
    payer.unverified()
    answer = payer.send(PLAN, to="pro", at=payer.hidden("at"))
    assert answer.status_code == 403
    assert "Confirm your e-mail address before you buy." in answer.text
