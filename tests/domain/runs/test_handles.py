"""A handle names something to its organization and book alone; to anybody else, nothing."""

import pytest

from app.domain.runs import find, outcome
from app.domain.runs.ask import Question
from app.errors import NotFound
from app.kit import clock, ids
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.starting import begin, compare, order, put
from tests.working import with_engine

FINDERS = {"run": find.run, "cmp": find.comparison, "thr": find.thread}


@pytest.fixture
def who(services):
    return caller(services, member(services, tokens=1_000))


@pytest.fixture
def mine(services, who):
    """A run, a comparison and a thread by the prefix of their handles."""
    works = with_engine(services, PlainEngine())
    run = begin(works, who).id
    comparison = compare(works, who, order(), order()).id
    work_off(works)
    return {"run": run, "cmp": comparison, "thr": put(works, who, panel(run)).thread_id}


def panel(run):
    return Question(run, "panel", None, "Why?")


def strangers(services, who):
    """Another organization, and the other book of this one."""
    return caller(services, member(services)), who._replace(book="test")


@pytest.mark.parametrize("kind", FINDERS)
def test_foreign_unknown_and_malformed_handles_get_the_same_words(services, who, mine, kind):
    handle, words = mine[kind], set()
    tried = [(other, handle) for other in strangers(services, who)]
    rubbish = ("", f"{kind}_", handle[:-1], handle.upper(), f" {handle}", "'; --", ids.new("key"))
    tried += [(who, wrong) for wrong in (ids.new(kind), *rubbish)]
    with services.database.reading() as session:
        assert FINDERS[kind](session, who, handle).id == handle
        for caller_, wrong in tried:
            with pytest.raises(NotFound) as refused:
                FINDERS[kind](session, caller_, wrong)
            words.add((refused.value.message, refused.value.hint))
    assert len(words) == 1


@pytest.mark.parametrize("kind", ["run", "cmp"])
def test_nobody_else_can_cancel(services, who, kind):
    begun = begin(services, who) if kind == "run" else compare(services, who, order(), order())
    for other in strangers(services, who):
        with services.transaction() as session, pytest.raises(NotFound):
            outcome.cancel(session, other, begun.id, clock.now())
    with services.transaction() as session:
        assert outcome.cancel(session, who, begun.id, clock.now()) == ("cancelled", begun.tokens)


def test_a_list_shows_the_callers_book_newest_first_and_one_more_than_asked_for(services, who):
    test_book = who._replace(book="test")
    begin(services, test_book)
    begin(services, caller(services, member(services, tokens=100)))
    handles = sorted((begin(services, who).id for _ in range(5)), reverse=True)
    with services.database.reading() as session:

        def page(**facts):
            found = find.page(session, who, **{"before": None, "status": None, "limit": 2} | facts)
            return [row.run.id for row in found]

        assert page() == handles[:3]
        assert page(before=handles[2]) == handles[3:]
        assert page(status="pending", limit=10) == handles
        assert page(status="complete") == []
