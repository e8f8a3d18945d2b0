"""A value that changes in the code changes wherever it is told, and nothing else has to."""

import json
import re
import subprocess
import sys

import pytest

from app.settings import ROOT

LISTED = ("/docs/pricing", "/docs/pricing.md", "/llms-full.txt", "/pricing", "resource")


def told(folder, *figures):
    """Every output of a process in which these are the figures, in the order `altered` has them."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.docs.altered", folder, *map(str, figures)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Everything as it is, and with each figure changed."""
    now, then = tmp_path_factory.mktemp("now"), tmp_path_factory.mktemp("then")
    return told(now, 25, 12_500, 10, 150), told(then, 77, 98_765, 13, 171)


def test_the_price_of_a_persona_changes_every_output(both):
    now, then = both
    assert {name for name in now if now[name] == then[name]} == set()
    each = re.compile(r"(?<![\d,.])7\.7(?![\d,])")
    assert [n for n in LISTED if not each.search(then[n]) or each.search(now[n])] == []


def test_what_a_plan_includes_changes_wherever_plans_are_listed(both):
    now, then = both
    # The pack of the same size keeps its figure.
    assert [n for n in LISTED if now[n].count("12,500") - then[n].count("12,500") < 1] == []
    assert [n for n in LISTED if "98,765" not in then[n] or "98,765" in now[n]] == []


@pytest.mark.parametrize(
    ("path", "as_it_is", "changed"),
    [
        ("/llms.txt", "A panel of 10 to 1000", "A panel of 13 to 1000"),
        ("/", "seats 10 to ", "seats 13 to "),
        ("/", "Start with 300 tokens", "Start with 342 tokens"),
        ("/start", "150", "171"),
    ],
)
def test_people_and_tokens_given_change_where_they_are_told(both, path, as_it_is, changed):
    now, then = both
    assert (as_it_is in now[path], as_it_is in then[path]) == (True, False)
    assert (changed in now[path], changed in then[path]) == (False, True)


def test_schemas_say_the_price_that_is_charged(both):
    for outputs, each, whole in zip(both, ("2.5", "7.7"), ("2500", "7700"), strict=True):
        assert outputs["price"] == whole
        assert f"deep {each}" in outputs["/openapi.json"]
        assert f"deep {each}" in outputs["tools"]
        assert f"({each} a persona)" in outputs["/skill.md"]
