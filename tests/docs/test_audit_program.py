"""The program of the page about security, run over files of the log as they are exported."""

import csv
import json
import re
from io import StringIO

import pytest

from app.cli.audit import _jsonl
from app.docs.published import published
from app.domain import audit, audit_export
from app.domain.audit_export import Wanted
from app.kit import clock
from tests.factories import settings_for
from tests.tools.installation import polis, standing
from tests.web.team.conftest import team

__all__ = ["polis", "standing", "team"]

LOG = "/app/audit"


@pytest.fixture
def program(tmp_path):
    """The names of the page's program."""
    catalogue = published(settings_for("", tmp_path))
    page = catalogue.text(catalogue.page("security"))
    (found,) = re.findall(r"^```python \w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    names = {}
    exec(compile(found, "security.md", "exec"), names)  # our own page's
    return names


@pytest.fixture
def broken(program):
    return lambda entries: list(program["broken"](entries))


@pytest.fixture
def kept(team):
    """An organization whose log has a little of everything."""
    with team.services.transaction() as session:
        by = team.owner.who.user_id
        for number in range(5):
            facts = {"n": number, "name": "Größe “=1+1”", "to": {"b": None, "a": [True, 2]}}
            audit.record(session, team.id, by, "test.done", team.id, facts, clock.now())
    return team


def lines_of(kept, asked=""):
    return [json.loads(each) for each in kept.owner.open(f"{LOG}.jsonl{asked}").text.splitlines()]


def rows_of(kept):
    text = kept.owner.open(f"{LOG}.csv").text
    return [
        row | {"number": int(row["number"]), "details": json.loads(row["details"])}
        for row in csv.DictReader(StringIO(text, newline=""))
    ]


def test_an_exported_file_holds_by_what_the_page_says(kept, broken, program, tmp_path):
    file = tmp_path / "polis-audit.jsonl"
    file.write_text(kept.owner.open(f"{LOG}.jsonl").text, encoding="utf-8")
    entries = program["read"](file)
    assert [each["number"] for each in entries] == [7, 6, 5, 4, 3, 2, 1]
    assert broken(entries) == []


def test_a_table_has_the_same_digests(kept, broken):
    rows = rows_of(kept)
    assert broken(rows) == []
    digests = {each["number"]: each["digest"] for each in lines_of(kept)}
    assert {each["number"]: each["digest"] for each in rows}.items() <= digests.items()


def test_what_the_operator_takes_away_holds_as_well(kept, broken):
    with kept.services.database.reading() as session:
        acts = audit_export.after(session, Wanted(kept.id, None), None)
    assert broken(map(json.loads, _jsonl(iter(acts)))) == []


@pytest.mark.parametrize(
    "name", ["number", "at", "actor_id", "action", "subject_id", "details", "previous"]
)
def test_an_entry_that_was_changed_does_not_fit_its_digest(kept, broken, name):
    entries = lines_of(kept)
    other = {
        "number": 40, "at": "2026-01-01T00:00:00.000Z", "details": {}, "previous": "0" * 64
    }  # fmt: skip
    changed = entries[2] | {name: other.get(name, "other")}
    told = broken([*entries[:2], changed, *entries[3:]])
    assert (changed["number"], "was changed") in told


def test_an_entry_that_was_taken_out_is_missed_by_the_next(kept, broken):
    entries = lines_of(kept)
    assert broken(entries[:3] + entries[4:]) == [(5, "does not follow the entry before it")]
    assert broken(entries[:-1]) == [(2, "does not follow the entry before it")]


def test_each_entry_of_a_filtered_file_is_held_by_its_own_digest(kept, broken):
    told = broken(lines_of(kept, "?action=audit.exported") + lines_of(kept, "?action=no.such"))
    assert {why for _, why in told} == {"does not follow the entry before it"}
