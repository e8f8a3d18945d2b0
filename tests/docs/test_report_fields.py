"""Every field a report has is described, and none that it never has."""

import pytest

from app.docs.example import answers
from app.docs.facts.reactions import LEVELS, PERSONA
from app.docs.facts.reports import STATS, VALIDITY, report_tables

EXAMPLE = answers("https://polis.example")
REPORT = EXAMPLE["calls"]["report"]["answer"]


def test_reactions_have_the_described_fields():
    standard = [*LEVELS["snapshot"], *LEVELS["standard"]]
    assert set(EXAMPLE["reaction"]) <= set(standard)
    assert set(standard) - set(EXAMPLE["reaction"]) <= {"resonated", "confused"}
    assert set(EXAMPLE["deep"]) == set(LEVELS["deep"])
    assert set(EXAMPLE["reaction"]["persona"]) == set(PERSONA)


def test_figures_and_validity_have_the_described_fields():
    assert set(REPORT["stats"]) == set(STATS)
    assert set(REPORT["engine"]["validity"]) == set(VALIDITY)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("segments", REPORT["report"]["segments"][0]),
        ("topFriction", REPORT["report"]["topFriction"][0]),
        ("evidence", REPORT["report"]["topFriction"][0]["evidence"][0]),
        ("rewrite", REPORT["report"]["rewrite"]),
        ("archetypes", REPORT["archetypes"][0]),
        ("engine", REPORT["engine"]),
        ("result", EXAMPLE["calls"]["compare"]["answer"]["result"]),
        ("preferred", EXAMPLE["calls"]["compare"]["answer"]["result"]["preferred"][0]),
    ],
)
def test_a_part_of_a_report_has_no_field_that_is_not_described(table, found):
    assert set(found) <= {field.name for field in report_tables()[table]}


def test_the_head_of_a_report_is_described():
    known = {field.name for field in report_tables()["head"]}
    assert set(REPORT) - {"_usage"} <= known
