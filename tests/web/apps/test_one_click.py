"""One click makes no app where the form would make none."""

import pytest
from sqlalchemy import update

from app.kit import clock
from app.models.accounts import Organization
from tests.web.apps.desk import LIST, rows
from tests.web.apps.people import press


@pytest.mark.parametrize(
    ("facts", "why_not"),
    [
        ({"suspended_at": clock.now()}, "This organization is suspended."),
        ({"claimed_at": None}, "This organization is not claimed yet."),
    ],
)
def test_an_organization_not_in_use_is_made_no_app(polis, kim, facts, why_not):
    mine = kim.who.organization_id
    with polis.services.transaction() as session:
        session.execute(update(Organization).where(Organization.id == mine).values(**facts))
    page = press(kim, LIST, preset="claude-code", organization=mine, form="x")
    assert page.status_code == 403
    assert why_not in page.text
    assert rows(polis.services, mine) == []
