"""Who is played for by a model, and who never is."""

from dataclasses import replace

import pytest

from app.adapters import engines
from app.domain.tariff.panelist import chosen
from app.settings import Settings
from tests.factories import caller, member

MODEL = {
    "engine": "llm",
    "engine_model": "m",
    "engine_api_key": "k",
    "engine_input_usd": 1,
    "engine_output_usd": 2,
}


def panelist(**more):
    return engines.panelist(Settings.model_validate({**MODEL, **more}))


@pytest.fixture
def who(services):
    return caller(services, member(services))._replace(mode="stripe_live")


@pytest.mark.parametrize(
    ("facts", "engine"),
    [
        ({}, "llm"),
        ({"mode": "off"}, "llm"),
        ({"mode": "simulated"}, "embedded"),
        ({"mode": "stripe_test"}, "embedded"),
        ({"book": "test"}, "embedded"),
        ({"claimed": False}, "embedded"),
        ({"book": "test", "mode": "off"}, "embedded"),
    ],
)
def test_a_model_plays_for_real_money_of_claimed_organizations_alone(who, facts, engine):
    assert chosen(panelist(), who._replace(**facts)).engine == engine


def test_without_a_model_everybody_meets_the_embedded_engine(who):
    assert chosen(panelist(engine="embedded"), who).engine == "embedded"


def test_another_model_is_another_version():
    versions = {
        panelist(**more).model.version
        for more in (
            {},
            {"engine_model": "n"},
            {"engine_provider": "anthropic"},
            {"engine_base_url": "http://localhost"},
        )
    }
    assert len(versions) == 4
    assert all(len(each) <= 20 for each in versions)


def test_what_costs_is_in_the_terms():
    terms = panelist(
        engine_input_usd="0.15", engine_output_usd="0.6", engine_daily_usd="5"
    ).model.terms
    assert (terms.rate.input_micros, terms.rate.output_micros) == (150_000, 600_000)
    assert (terms.daily_micros, terms.org_daily_micros, terms.sold) == (5_000_000, 10_000_000, True)
    assert not panelist(billing="off").model.terms.sold
    assert replace(terms.rate).kept_percent == 100
    assert panelist(engine_provider="anthropic").model.terms.rate.kept_percent == 125
