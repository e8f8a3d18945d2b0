"""The page on validity says that nothing was measured, or prints what was."""

import json
import re

import pytest

from app.adapters.engines.embedded.heads import figures
from app.adapters.engines.embedded.heads.figures import by_hand
from app.docs.catalogue import Catalogue
from app.docs.facts import facts, validity
from app.docs.html import html
from app.settings import ROOT
from tests.factories import settings_for

MEASURED = {
    "engine": "embedded-1",
    "measured_at": "2026-12-01",
    "grouped": True,
    "tasks": [
        {"task": "headline", "accuracy": 67.4, "ci": [65.4, 69.3], "baseline": 50.0, "n": None},
        {"task": "tweet | reply", "accuracy": 66.1, "ci": [63.0, 69.0], "data": {"pairs": 1140}},
    ],
    "calibration": {"headline": {"gap": 2.1, "bins": [1, 2, 3]}},
}


@pytest.fixture
def page(tmp_path):
    settings = settings_for("", tmp_path)

    def rendered(found):
        told = facts(settings) | {"validity": found, "validity_tables": validity.tables(found)}
        catalogue = Catalogue(settings.base_url, lambda: told)
        return catalogue.text(catalogue.page("validity"))

    return rendered


def test_without_a_measurement_the_page_says_so(page):
    text = page(None)
    assert "Not measured yet" in text
    assert "\n\n## What is not validated" in text


@pytest.fixture
def unmeasured(tmp_path, monkeypatch):
    """The documentation of a checkout in which the benchmark was never run."""
    monkeypatch.setattr(figures, "FILE", tmp_path / "none.json")
    monkeypatch.setattr(figures, "_found", figures._found.__wrapped__)
    figures.figures.cache_clear()
    settings = settings_for("", tmp_path)
    yield Catalogue(settings.base_url, lambda: facts(settings))
    figures.figures.cache_clear()


def test_without_a_measurement_no_page_has_a_figure_of_one_or_leads_to_a_missing_place(unmeasured):
    said = {page.slug: unmeasured.text(page) for page in unmeasured.pages}
    assert "Not measured yet" in said["validity"]
    assert "coin" not in said["validity"]
    assert "where that was checked" not in said["overview"]
    places = re.findall(r'id="([^"]+)"', html(said["validity"]))
    led = re.findall(r"/docs/validity\.md#([\w-]+)", "".join(said.values()))
    assert led
    assert set(led) <= set(places)


def test_with_a_measurement_the_page_prints_it(page):
    text = page(MEASURED)
    assert "Not measured yet" not in text
    assert "| headline | 67.4 | 65.4 to 69.3 | 50.0 |  |  |" in text
    assert r"| tweet \| reply | 66.1 | 63.0 to 69.0 |  |  | pairs 1140 |" in text
    assert "| measured at | 2026-12-01 |" in text
    assert "| grouped |" not in text  # the text around says it
    assert "| headline | 2.1 | 1, 2, 3 |" in text
    assert (
        html(text).count("<table") == html(page(None)).count("<table") + 3 + 1
    )  # where it is used


def test_the_file_is_read_where_it_is(tmp_path):
    assert validity.measured(tmp_path / "none.json") is None
    (tmp_path / "validity.json").write_text(json.dumps(MEASURED))
    assert validity.measured(tmp_path / "validity.json") == MEASURED
    assert figures.FILE.parent == ROOT / "bench"
    assert figures.FILE.parent.is_dir()


def test_single_figures_alone_are_one_table():
    assert [each.title for each in validity.tables({"level": "none"})] == ["The measurement"]
    assert [each.title for each in validity.tables({"tasks": [{"a": 1}]})] == ["tasks"]


def test_panels_are_said_to_choose_like_a_coin_only_as_long_as_they_do():
    """The words of `_COIN` do not look at the figures beside them."""
    low, high = by_hand()
    assert 0.45 < low <= high < 0.55
