"""Runs are found by their label, and several are read at once, by what they were asked."""

import pytest

from app.domain.runs import search, sheet
from app.errors import NotFound
from app.kit import ids
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import begin, order
from tests.working import with_engine


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(works):
    return caller(works, member(works, tokens=10_000))


def several(works, who, *run_ids):
    with works.database.reading() as session:
        return sheet.several(session, who.organization_id, run_ids)


def named(works, who, words, most=8):
    with works.database.reading() as session:
        return [each.label for each in search.named(session, who.organization_id, words, most)]


def test_runs_come_in_the_order_they_were_named_with_what_was_found(works, who):
    first, second = (begin(works, who, order(label=each)).id for each in ("one", "two"))
    assert [each.findings for each in several(works, who, second)] == [None]
    work_off(works)
    told = several(works, who, second, first, second)
    assert [each.label for each in told] == ["two", "one"]
    assert all(each.findings for each in told)


def test_equal_requests_have_the_same_readers_and_another_seed_has_others(works, who):
    runs = [begin(works, who, order(seed=seed)).id for seed in (7, 7, 8)]
    work_off(works)
    first, again, other = (each.readers for each in several(works, who, *runs))
    assert first == again
    assert first != other


def test_another_organizations_run_is_not_there(works, who):
    theirs = begin(works, caller(works, member(works, tokens=1000)), order()).id
    mine = begin(works, who, order()).id
    for wanted in (theirs, ids.new("run"), "nonsense"):
        with pytest.raises(NotFound):
            several(works, who, mine, wanted)


def test_a_label_is_found_by_a_part_of_it_and_a_run_by_its_id(works, who):
    begin(works, caller(works, member(works, tokens=1000)), order(label="Spring, theirs"))
    begin(works, who, order(label="Spring launch"))
    begin(works, who, order(label="100 % spring"))
    unnamed = begin(works, who, order()).id
    assert named(works, who, "SPRING") == ["100 % spring", "Spring launch"]
    assert named(works, who, "SPRING", most=1) == ["100 % spring"]
    assert named(works, who, "0 % s") == ["100 % spring"]
    assert named(works, who, "%") == ["100 % spring"]
    assert named(works, who, "_") == []
    assert named(works, who, unnamed) == [unnamed]
