"""A plan follows its organization: deleted, it does not renew; undone, it goes on as it was."""

import pytest

from app.domain import deletion
from app.domain.billing import winding
from app.models.accounts import Organization
from tests.domain.billing.buyer import Buyer


@pytest.fixture
def buyer(services):
    subscribed = Buyer(services)
    subscribed.buy("plan:starter")
    return subscribed


def deleted(buyer, *, due: bool = True, gone: bool = False) -> None:
    """What deletion writes, and what follows from it."""
    with buyer.at(minutes=1), buyer.services.transaction() as session:
        row = session.get_one(Organization, buyer.who.organization_id)
        row.deletion_due_at = buyer.now + deletion.UNDO if due else None
        row.deleted_at = buyer.now if gone else None
        winding.follow(session, row.id, buyer.now)
    buyer.work()


def test_a_plan_of_an_organization_that_is_being_deleted_ends_with_its_period(buyer):
    deleted(buyer)
    assert buyer.account().cancels_at == buyer.account().renews_at
    assert buyer.figures == ("starter", "active", 4_000, 0)


def test_whoever_undoes_it_has_the_plan_as_it_was(buyer):
    deleted(buyer)
    deleted(buyer, due=False)
    assert buyer.account().cancels_at is None
    assert not buyer.account().winding_down


def test_a_plan_that_was_cancelled_before_stays_cancelled(buyer):
    buyer.services.biller().end_at_end(buyer.account().subscription_id)
    buyer.work()
    deleted(buyer)
    deleted(buyer, due=False)
    assert buyer.account().cancels_at == buyer.account().renews_at


def test_what_is_gone_pays_no_more(buyer):
    deleted(buyer)
    deleted(buyer, gone=True)
    assert buyer.account().status == "canceled"
    assert buyer.figures == ("trial", "trialing", 0, 0)


def test_an_organization_without_a_plan_asks_nobody_for_anything(services):
    without = Buyer(services)
    deleted(without)
    assert without.account() is None
