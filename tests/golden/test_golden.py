"""Ten texts get, to the last letter, the reports that were read before they were kept."""

import json
import re

import pytest

from tests.golden import making

LITERAL = re.compile(r"“([^”]+)”")
HIDDEN = " \t\n…"


@pytest.fixture(params=making.TEXTS, scope="module")
def name(request):
    return request.param


@pytest.fixture(scope="module")
def kept(name):
    return json.loads(making.kept(name).read_text(encoding="utf-8"))


def test_a_text_gets_the_report_that_was_read(name, kept):
    made = making.made(name)
    assert made["digest"] == kept["digest"]
    assert json.loads(making.written(made)) == kept


def test_what_stands_in_quotation_marks_stands_in_the_text(name, kept):
    flat = " ".join(making.content(name).split())
    said = json.dumps([kept["people"], kept["report"]["topFriction"]], ensure_ascii=False)
    quotes = {json.loads(f'"{quote}"').strip(HIDDEN) for quote in LITERAL.findall(said)}
    assert quotes
    assert [quote for quote in quotes if " ".join(quote.split()) not in flat] == []


def test_every_friction_has_somebody_s_own_words(kept):
    assert len(kept["report"]["topFriction"]) == 3
    for friction in kept["report"]["topFriction"]:
        assert friction["evidence"]


def test_a_planted_instruction_moves_nobody_and_is_not_in_the_rewrite():
    report = json.loads(making.kept("injected").read_text(encoding="utf-8"))
    assert report["stats"]["avgIntent"] < 5
    assert "Orders to whoever reads it" in report["report"]["topFriction"][0]["point"]
    assert "Ignore all previous" not in report["report"]["rewrite"]["body"]
    assert "900 pages" in report["report"]["rewrite"]["body"]
