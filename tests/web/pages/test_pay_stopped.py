"""Pay links of an organization that was stopped, and links that many press at once."""

from datetime import timedelta

import pytest

from app.domain import suspending
from app.kit import clock
from app.models.accounts import Organization
from tests.together import together
from tests.web.pages.payer import Browser, links_of
from tests.web.paying import purchases

STOPPED = "This organization was suspended on"


@pytest.fixture
def browser(polis):
    return Browser(polis)


def suspend(polis, organization_id: str) -> None:
    with polis.services.transaction() as session:
        suspending.suspend(session, organization_id, "", clock.now())


@pytest.mark.parametrize("item", ["pack small", "plan pro"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_sold_to_a_suspended_organization(polis, browser, item, method):
    agent = polis.agent(tokens=0)
    link = links_of(agent)[item]
    suspend(polis, agent.who.organization_id)
    with polis.unchanged():
        refused = browser.open(link, method)
    assert refused.status_code == 403
    assert STOPPED in refused.text
    assert "Write to the support address" in refused.text


def test_a_page_that_was_begun_before_it_was_suspended_is_not_gone_on_with(polis, browser):
    agent = polis.agent(tokens=0)
    back = browser.pay(browser.press(links_of(agent)["pack small"]), "cancel")
    suspend(polis, agent.who.organization_id)
    with polis.unchanged():
        refused = browser.open(back, "POST")
    assert refused.status_code == 403
    assert STOPPED in refused.text


def test_what_was_paid_before_it_was_suspended_is_still_told(polis, browser):
    agent = polis.agent(tokens=0)
    back = browser.pay(browser.press(links_of(agent)["pack small"]))
    suspend(polis, agent.who.organization_id)
    polis.work_off()
    assert "Paid. The tokens are there." in browser.open(back).text


def test_a_page_that_was_begun_before_its_organization_was_deleted_is_not_gone_on_with(
    polis, browser
):
    agent = polis.agent(tokens=0)
    back = browser.pay(browser.press(links_of(agent)["pack small"]), "cancel")
    with polis.services.transaction() as session:
        row = session.get_one(Organization, agent.who.organization_id)
        row.deletion_due_at = clock.now() + timedelta(days=7)
    refused = browser.open(back, "POST")
    assert refused.status_code == 404
    assert "This organization has ended." in refused.text


def test_pressed_many_times_at_the_same_moment_a_link_is_one_purchase(polis):
    agent = polis.agent(tokens=0)
    link = links_of(agent)["pack small"]
    answers = together(16, lambda _: Browser(polis).open(link, "POST"))
    assert {each.status_code for each in answers} == {303}
    assert len({each.headers["Location"] for each in answers}) == 1
    assert len(purchases(polis, agent)) == 1
