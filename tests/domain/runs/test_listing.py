"""Texts are looked into by parts: a page reads so many of them, and the next one goes on there."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.runs import listing, narrowing
from app.domain.runs.narrowing import Cut, Filter
from app.kit import clock, ids
from app.models.runs import Run
from tests.factories import member
from tests.filling import Owner, fill

ROWS = 2 * narrowing.LOOKED_INTO + 900


@pytest.fixture
def filled(services):
    """An organization with many runs; the very first of them holds a word of its own."""
    who = member(services)
    owner = Owner(who.organization_id, who.user_id, ("key:key_a",), services.settings.payment_mode)
    fill(services.database, owner, ROWS, 0, clock.now())
    with services.transaction() as session:
        first = (
            session.query(Run.id)
            .where(Run.comparison_id.is_(None))
            .order_by(Run.id)
            .limit(1)
            .scalar_subquery()
        )
        session.execute(
            update(Run).where(Run.id == first).values(content="a Zebra crossing"),
            execution_options={"synchronize_session": False},
        )
    return who.organization_id


def test_a_word_far_back_is_found_by_going_on(services, filled):
    wanted, cut, pages = Filter(filled, text="zebra"), Cut(), []
    while not pages or pages[-1].older:
        with services.database.reading() as session:
            pages.append(listing.page(session, wanted, cut, 25))
        cut = Cut(pages[-1].older or "")
    assert [len(page.rows) for page in pages] == [0, 0, 1]
    seen = [page.looked_back_to for page in pages]
    assert seen[0] > seen[1] > clock.now() - timedelta(days=91)
    assert seen[2] is None


def test_going_on_finds_every_row_once_where_every_text_holds_the_word(services, filled):
    wanted, cut, found = Filter(filled, text="SEASON ticket"), Cut(), []
    while cut.place or not found:
        with services.database.reading() as session:
            page = listing.page(session, wanted, cut, 1_000)
        found += [row.id for row in page.rows]
        cut = Cut(page.older or "")
    places = [id_.partition("_")[2] for id_ in found]
    assert places == sorted(set(places), reverse=True)
    assert len(found) == ROWS - ROWS // 20 - 1  # two variants are one row; the zebra is none


def test_an_id_names_its_moment():
    made = clock.milliseconds(clock.now())
    assert ids.moment_of(ids.first_of("run", made)) == made
    assert ids.first_of("run", made) <= ids.new("run")
    assert ids.is_id("run", ids.first_of("run", made))
