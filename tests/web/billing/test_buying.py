"""Buying: the provider's page is opened, and looked at when the payer is back."""

import pytest

from app.domain import suspending
from app.kit import clock
from tests.web.billing.conftest import PAGE, Away, balance, path_of, payer_of
from tests.web.member import said
from tests.web.paying import purchases

RETURN = f"{PAGE}/return"


def partial(payer, path: str):
    return payer.http.get(path, base_url=payer.base, headers={"HX-Request": "true"})


@pytest.mark.parametrize(("item", "after"), [("pack:small", "2,300"), ("plan:starter", "5,300")])
def test_what_is_paid_arrives_and_is_said(payer, item, after):
    back = payer.paid(item)
    assert back.startswith(f"{RETURN}?purchase=pur_")
    payer.polis.work_off()
    assert "tokens were added." in payer.shown(back)
    assert balance(payer.shown()) == after


def test_the_page_grants_nothing_itself_and_asks_again_until_it_is_there(payer):
    back = payer.paid("pack:small")
    page = payer.shown(back)
    assert "Confirming the payment" in page
    assert 'hx-trigger="load delay:2s, every 8s"' in page
    assert f'<a class="btn" href="{back}">Look again</a>' in page  # the way without script
    assert balance(payer.shown()) == "1,300"
    part = partial(payer, f"{back}&turn=1")
    assert "<html" not in part.text
    assert "turn=2" in part.text
    payer.polis.work_off()
    assert "Paid." in partial(payer, f"{back}&turn=2").text
    assert "hx-get" not in partial(payer, f"{back}&turn=3").text


def test_it_stops_asking_after_a_while(payer):
    back = payer.paid("pack:small")
    assert "hx-get" not in partial(payer, f"{back}&turn=90").text
    assert "hx-get" in partial(payer, f"{back}&turn=x").text


def test_whoever_leaves_the_page_has_paid_nothing(payer):
    payer.begun("pack:small")
    back = path_of(payer.send(payer.at, do="cancel").location)
    assert "Not paid yet." in payer.shown(back)
    payer.polis.work_off()
    assert balance(payer.shown()) == "1,300"


def test_a_purchase_of_another_organization_does_not_exist(payer):
    other = payer_of(payer.polis, "other-" + payer.email)
    back = other.paid("pack:small")
    payer.shown(back, 404)
    payer.shown(f"{RETURN}?purchase=pur_unknown", 404)
    assert payer.open(RETURN).location == PAGE


@pytest.mark.parametrize(
    ("item", "status"), [("pack:none", 404), ("plan:trial", 404), ("", 404), ("plan:pro", 409)]
)
def test_what_cannot_be_bought_is_refused_on_the_page(payer, item, status):
    payer.bought("plan:starter")
    payer.shown()
    answer = payer.send(f"{PAGE}/buy", item=item)
    assert answer.status_code == status
    assert 'class="balance"' in answer.text
    if item == "plan:pro":
        assert "This organization has a plan already." in said(answer)


def test_where_the_provider_is_away_the_page_says_so(payer):
    with payer.at_another(Away) as there:
        there.shown()
        answer = there.send(f"{PAGE}/buy", item="pack:small")
    assert answer.status_code == 503
    assert "The payment provider does not answer." in answer.text


def test_where_nothing_is_sold_nothing_can_be_bought(payer):
    with payer.polis.taking("off") as other:
        there = payer.where(other)
        there.shown()
        assert there.send(f"{PAGE}/buy", item="pack:small").status_code == 404


def test_whoever_has_not_confirmed_their_address_buys_nothing(payer):
    payer.unverified()
    payer.shown()
    answer = payer.send(f"{PAGE}/buy", item="pack:small")
    assert answer.status_code == 403
    assert "Confirm your e-mail address before you buy." in answer.text


def test_nothing_is_sold_to_a_suspended_organization(payer):
    payer.shown()
    with payer.polis.services.transaction() as session:
        suspending.suspend(session, payer.organization_id, "", clock.now())
    answer = payer.send(f"{PAGE}/buy", item="pack:small")
    assert answer.status_code == 403
    assert "This organization was suspended on" in answer.text
    assert purchases(payer.polis, payer) == []
