"""Prices by our own codes: one set a mode, and whoever bought at an old one keeps its terms."""

import pytest

from app.domain import plans
from app.domain.billing import catalog
from app.domain.billing.biller import BillerAway
from app.kit import clock
from app.models.payments import CatalogEntry

MODE = "stripe_test"


def sell(database, prices, mode=MODE):
    with database.transaction() as session:
        catalog.replace(session, mode, prices, clock.now())


def test_a_plan_is_sold_at_its_own_price_and_that_of_its_overage(database):
    sell(database, {"plan:pro": "price_p", "overage:pro": "price_o"})
    with database.reading() as session:
        assert catalog.prices(session, MODE, "plan:pro") == ("price_p", "price_o")
        assert catalog.sold(session, MODE, "price_p").plan == "pro"
        assert catalog.sold(session, MODE, "price_o").plan is None


def test_a_mode_knows_no_price_of_another(database):
    sell(database, {"pack:small": "price_1"})
    with database.reading() as session:
        assert catalog.sold(session, "stripe_live", "price_1") is None
        with pytest.raises(BillerAway):
            catalog.prices(session, "stripe_live", "pack:small")


def test_what_was_bought_at_an_old_price_keeps_its_terms(database):
    sell(database, {"plan:starter": "price_old"})
    with database.transaction() as session:  # as it was when starter cost less and brought less
        entry = session.get_one(CatalogEntry, (MODE, "price_old"))
        entry.usd_micros, entry.tokens = 10 * plans.MICROS, 1_500
    sell(database, {"plan:starter": "price_new"})
    with database.reading() as session:
        assert catalog.provider_id(session, MODE, "plan:starter") == "price_new"
        old, new = (catalog.sold(session, MODE, f"price_{each}") for each in ("old", "new"))
        assert (old.plan, old.usd_micros, old.tokens) == ("starter", 10 * plans.MICROS, 1_500)
        assert (new.plan, new.usd_micros, new.tokens) == ("starter", 20 * plans.MICROS, 4_000)


def test_the_simulated_billers_prices_follow_from_our_codes():
    for item in catalog.ITEMS:
        assert catalog.sold(None, "simulated", catalog.provider_id(None, "simulated", item)) == (
            catalog.now_sold(item)
        )
    assert catalog.sold(None, "simulated", "price_plan:none") is None
    assert catalog.sold(None, "simulated", None) is None
