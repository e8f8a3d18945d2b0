"""The command itself: what it keeps, what it says, and where it stops."""

import json

import pytest
from sqlalchemy import select

from app import bootstrap
from app.cli.setup_stripe import _is_reachable
from app.domain.billing import catalog
from app.models.payments import CatalogEntry
from tests.databases import DATABASES
from tests.factories import settings_for
from tests.flows.commands import polis, refused

HTTPS = "https://polis.example"


@pytest.fixture
def settings(copies, tmp_path, fake_stripe):
    """An installation with a key of Stripe."""
    return {
        "env": "development",
        "database_url": copies.fresh("sqlite", tmp_path),
        "instance_dir": str(tmp_path),
        "base_url": HTTPS,
        "stripe_secret_key": fake_stripe.key,
        "stripe_api_base": fake_stripe.base,
    }


def told(settings, *more):
    done = polis("setup-stripe", *more, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", DATABASES)
def test_what_is_sold_is_kept_in_the_catalog(copies, tmp_path, settings, fake_stripe, kind):
    settings["database_url"] = url = copies.fresh(kind, tmp_path)
    first = json.loads(told(settings, "--json"))
    prices = fake_stripe.client().v1.prices
    pro = prices.list({"lookup_keys": ["polis_plan_pro"]}).data[0]
    prices.create({"lookup_key": "polis_plan_pro", "transfer_lookup_key": True, "currency": "usd",
                   "product": pro.product, "unit_amount": 1})  # fmt: skip
    second = json.loads(told(settings, "--json"))
    assert first["webhook_secret"].startswith("whsec_")
    assert second["webhook_secret"] is None
    assert [each["name"] for each in second["found"] if each["state"] == "changed"] == [
        "Price of 'Pro plan: 12,500 tokens a month'"
    ]
    services = bootstrap.build(settings_for(url, tmp_path))
    with services.database.reading() as session:
        kept = session.scalars(select(CatalogEntry)).all()
        sold = {each.item: each.provider_id for each in kept if each.sold}
        assert sold == second["ids"]
        assert {each.provider_id for each in kept if not each.sold} == {pro.id}
        for price in (pro.id, second["ids"]["plan:pro"]):
            assert catalog.plan_of(session, "stripe_test", price) == "pro"
    services.database.dispose()


def test_it_says_what_was_made_what_stood_and_the_secret_once(settings):
    first, second = told(settings), told(settings)
    assert "Made: Price of 'Small pack: 1,000 tokens' (price_" in first
    assert "POLIS_STRIPE_WEBHOOK_SECRET=test:whsec_" in first
    assert "Stood already: Price of 'Small pack: 1,000 tokens' (price_" in second
    assert "whsec_" not in second
    assert "POLIS_STRIPE_WEBHOOK_SECRET is not set" in second
    for said in (first, second):
        assert settings["stripe_secret_key"] not in said


def test_a_secret_that_is_set_is_kept_beside_the_new_one_and_not_printed(settings):
    settings["stripe_webhook_secret"] = "whsec_older_one"
    first, second = told(settings), told(settings)
    assert "in front of the others" in first
    assert "whsec_older_one" not in first + second
    assert "POLIS_STRIPE_WEBHOOK_SECRET" not in second


def test_where_stripe_cannot_reach_it_says_how_to_forward(settings):
    settings["base_url"] = "http://localhost:8000"
    said = told(settings)
    assert "No webhook endpoint can be made" in said
    assert "stripe listen --forward-to http://localhost:8000/webhooks/stripe" in said
    assert "Webhook endpoint at" not in said


def test_without_a_key_it_says_which_setting_to_make(settings):
    settings["stripe_secret_key"] = ""
    assert "POLIS_STRIPE_SECRET_KEY" in refused(polis("setup-stripe", **settings))


def test_stripe_away_is_one_sentence(settings, fake_stripe):
    fake_stripe.control.fault(kind="401", path="/v1/*")
    said = refused(polis("setup-stripe", **settings))
    assert "does not accept the key" in said
    assert "fakefake" not in said


@pytest.mark.parametrize(
    ("address", "reachable"),
    [
        ("https://polis.example", True),
        ("https://8.8.8.8", True),
        ("http://polis.example", False),
        ("https://localhost:8000", False),
        ("https://polis.localhost", False),
        ("https://polis.internal", False),
        ("https://polis", False),
        ("https://127.0.0.1", False),
        ("https://[::1]:8000", False),
        ("https://10.0.0.1", False),
    ],
)
def test_stripe_reaches_public_addresses_over_tls(address, reachable):
    assert _is_reachable(address) is reachable
