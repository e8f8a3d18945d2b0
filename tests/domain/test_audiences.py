"""Saved audiences: few, of one organization, each under a name of its own."""

import pytest

from app.domain import audiences
from app.errors import InvalidInput, NotFound
from app.kit import clock, ids
from tests.factories import member
from tests.together import codes, together

WORDS = "freelance designers aged 25 to 40"


@pytest.fixture
def who(services):
    return member(services)


@pytest.fixture
def save(services, who):
    def saved(name="Designers", text=WORDS, of=who):
        with services.transaction() as session:
            facts = (of.organization_id, of.user_id, name, text, clock.now())
            return audiences.save(session, *facts)

    return saved


def listed(services, who):
    with services.database.reading() as session:
        return audiences.listed(session, who.organization_id)


def change(services, who, audience_id, name, text=WORDS):
    with services.transaction() as session:
        audiences.change(session, who.organization_id, audience_id, name, text, clock.now())


def test_they_are_listed_by_name_whatever_their_capitals(services, who, save):
    for name in ("beta", "Alpha", "gamma"):
        save(name)
    assert [each.name for each in listed(services, who)] == ["Alpha", "beta", "gamma"]
    assert listed(services, who)[0].text == WORDS


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("", WORDS, "name"),
        (" \n ", WORDS, "name"),
        ("x" * 81, WORDS, "name"),
        ("Fine", "", "audience"),
        ("Fine", "x" * 501, "audience"),
    ],
)
def test_what_will_not_do_names_its_field(services, who, save, name, text, field):
    with pytest.raises(InvalidInput) as refused:
        save(name, text)
    assert refused.value.details["field"] == field
    assert listed(services, who) == []


def test_a_name_is_taken_once_in_an_organization_and_free_in_another(services, save):
    save("Designers")
    with pytest.raises(InvalidInput, match="saved already"):
        save(" Designers ")
    save("Designers", of=member(services))


def test_it_may_keep_its_name_and_take_no_other_ones(services, who, save):
    first = save("First")
    save("Second")
    change(services, who, first, "First", "nurses")
    with pytest.raises(InvalidInput, match="saved already"):
        change(services, who, first, "Second")
    first = listed(services, who)[0]
    assert (first.name, first.text) == ("First", "nurses")


def test_there_are_a_hundred_at_most_however_many_are_saved_at_once(services, who, save):
    for number in range(audiences.MOST - 1):
        save(f"No {number}")

    outcomes = codes(together(4, lambda number: save(f"Late {number}")))
    assert outcomes == {"ok": 1, "invalid_input": 3}
    assert len(listed(services, who)) == audiences.MOST


def test_nobody_elses_audience_is_there(services, who, save):
    theirs = save(of=member(services))
    for wanted in (theirs, ids.new("aud"), "nonsense"):
        with pytest.raises(NotFound), services.transaction() as session:
            audiences.delete(session, who.organization_id, wanted)
        with pytest.raises(NotFound):
            change(services, who, wanted, "Mine now")
