"""How long things are kept: every table stands in one line, and each figure is the code's own."""

from collections import Counter
from datetime import timedelta

import pytest

from app import models  # noqa: F401 # the tables register themselves on Base
from app.db import Base
from app.docs.facts.kept import KEPT, told
from app.docs.published import published
from app.domain import exports
from tests.factories import settings_for


def test_every_table_stands_in_one_line():
    named = Counter(table for line in KEPT for table in line.tables)
    assert named == Counter(Base.metadata.tables.keys())


def test_the_page_on_security_tells_each_line(tmp_path):
    docs = published(settings_for("", tmp_path))
    page = docs.text(docs.page("security"))
    assert [line.what for line in KEPT if f"| {line.what} | {line.how_long} |" not in page] == []
    assert f"| exports and their files | {exports.LIFE.days} days |" in page


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=30), "30 days"),
        (timedelta(hours=24), "24 hours"),
        (timedelta(hours=1), "an hour"),
        (timedelta(minutes=30), "30 minutes"),
    ],
)
def test_a_span_is_told_in_the_unit_people_think_of_it_in(span, words):
    assert told(span) == words
