"""A value that changes in the code changes wherever it is told, and nothing else has to."""

import json
import re
import subprocess
import sys

import pytest

from app.settings import ROOT

LISTED = ("/docs/pricing", "/docs/pricing.md", "/llms-full.txt", "/pricing", "resource")


def told(folder, tenths, included):
    """Every output of a process in which a persona costs so much and a plan includes so many."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.docs.altered", folder, str(tenths), str(included)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Everything as it is, and with one figure changed."""
    now, then = tmp_path_factory.mktemp("now"), tmp_path_factory.mktemp("then")
    return told(now, 25, 12_500), told(then, 77, 98_765)


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


def test_schemas_say_the_price_that_is_charged(both):
    for outputs, each, whole in zip(both, ("2.5", "7.7"), ("2500", "7700"), strict=True):
        assert outputs["price"] == whole
        assert f"deep {each}" in outputs["/openapi.json"]
        assert f"deep {each}" in outputs["tools"]
        assert f"({each} a persona)" in outputs["/skill.md"]
