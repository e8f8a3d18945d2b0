"""Cancelling a plan: it says what ends, and can be taken back until then."""

from tests.web.billing.conftest import PAGE, Away
from tests.web.member import said

CANCEL = f"{PAGE}/cancel"


def test_it_says_what_ends_and_what_stays(payer):
    payer.bought("plan:starter")
    payer.shown(CANCEL)
    words = said(payer.page)
    assert "It goes on until" in words
    assert "4,000 are left now; what is left then expires" in words
    assert "1,000 stay; they do not expire" in words


def test_a_plan_that_is_cancelled_goes_on_to_its_end_and_can_be_kept(payer):
    payer.bought("plan:starter")
    payer.shown(CANCEL)
    assert payer.send(CANCEL).location == f"{PAGE}?done=cancelled"
    page = payer.shown()
    assert "Keep Starter" in page
    assert "Keep Starter first." in page  # before it is changed
    assert "Included in Starter" in page
    assert payer.open(CANCEL).location == PAGE
    payer.shown()
    assert payer.send(f"{PAGE}/keep").location == f"{PAGE}?done=kept"
    assert "Cancel plan" in payer.shown()


def test_without_a_plan_there_is_nothing_to_cancel(payer):
    assert payer.open(CANCEL).location == PAGE
    payer.shown()
    assert payer.send(CANCEL).status_code == 409
    assert payer.send(f"{PAGE}/keep").status_code == 409


def test_where_the_provider_is_away_the_plan_stays_as_it_was(payer):
    payer.bought("plan:starter")
    with payer.at_another(Away) as there:
        there.shown(CANCEL)
        assert there.send(CANCEL).status_code == 503
    assert "Cancel plan" in payer.shown()
