"""An installation that takes no real money says so on every page."""

from dataclasses import replace

import pytest

from app.web import create_app
from app.web.play_money import SENTENCES

PAGES = ("/", "/docs", "/login", "/pricing", "/nowhere")
SAID = "Payments are simulated: no card is charged and no money moves."
AT_STRIPE = {"stripe_secret_key": "sk_test_1", "stripe_webhook_secret": ("whsec_1",)}


def opened(services, path, **more):
    facts = {"env": "production", "base_url": "https://polis.example", "allow_play_money": True}
    told = replace(services, settings=services.settings.model_copy(update=facts | more))
    return create_app(told).test_client().get(path, base_url="https://polis.example").text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("env", ["production", "development"])
def test_simulated_payments_are_told_on_every_page(services, path, env):
    assert SAID in opened(services, path, env=env)


@pytest.mark.parametrize("path", PAGES)
def test_in_production_the_providers_test_mode_is_told_on_every_page(services, path):
    assert SENTENCES["stripe_test"] in opened(services, path, **AT_STRIPE)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("more", [{"env": "development", **AT_STRIPE}, {"billing": "off"}])
def test_it_is_not_told_where_there_is_nothing_to_tell(services, path, more):
    assert "Test mode." not in opened(services, path, **more)
