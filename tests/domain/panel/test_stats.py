from app.domain.panel.archetypes import archetypes
from app.domain.panel.reasons import Reasons
from app.domain.panel.shapes import Document
from app.domain.panel.stats import stats
from tests.domain.panel.reactions import reaction

DOCUMENT = Document("x", "text", "en", (), (), {"words": 20.0})
PANEL = [
    reaction(1, "click", intent=8, trust=9, archetype="maker", said={"quote": "q", "trust": 9}),
    reaction(2, "scroll", intent=0, trust=2, archetype="buyer", said={"quote": "q", "trust": 2}),
    reaction(3, "scroll", intent=1, trust=4, archetype="buyer", said={"quote": "q", "trust": 4}),
]


def test_figures_count_everyone_once():
    told = stats(PANEL)
    assert told["reactions"] == 3
    assert told["decisions"] == {"stay": 0, "scroll": 2, "click": 1, "save": 0}
    assert told["intentHistogram"] == [1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert told["avgIntent"] == 3.0
    assert told["avgTrust"] == 5.0
    assert sum(told["sentiment"].values()) == 3


def test_trust_is_left_out_where_nobody_was_asked_for_it():
    assert "avgTrust" not in stats([reaction(1), reaction(2)])


def test_intervals_are_labelled_as_those_of_a_simulation():
    assert "simulation" in stats(PANEL)["intervals"]["note"]


def test_archetypes_are_listed_by_how_many_they_are():
    rows = archetypes(PANEL, Reasons(DOCUMENT))
    assert [(row["name"], row["count"], row["decision"]) for row in rows] == [
        ("buyer", 2, "scroll"),
        ("maker", 1, "click"),
    ]
    assert rows[0]["summary"].startswith("2 of 2 scrolled past")
