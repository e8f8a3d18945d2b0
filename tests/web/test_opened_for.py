"""A form acts in the organization its page was shown for, whatever another tab looks at since."""

import pytest
from sqlalchemy import select

from app.models.accounts import Membership, Organization
from app.models.credentials import ApiKey
from tests.tools.installation import polis, standing
from tests.web.fixtures import email
from tests.web.member import signed_in

__all__ = ["email", "polis", "standing"]


@pytest.fixture
def kim(polis, email):
    """Somebody with a second organization, who looks at their own."""
    kim = signed_in(polis, email)
    kim.open("/app/organizations/new")
    assert kim.send("/app/organizations/new", name="Second").status_code == 303
    kim.send("/app/organization", organization=kim.organization_id)
    return kim


def _second(kim) -> str:
    with kim.polis.services.database.reading() as session:
        mine = Membership.user_id == kim.who.user_id
        other = Membership.organization_id != kim.organization_id
        return session.scalars(select(Membership.organization_id).where(mine, other)).one()


def _keys_of(kim, organization_id: str) -> list[str]:
    with kim.polis.services.database.reading() as session:
        held = ApiKey.organization_id == organization_id
        return list(session.scalars(select(ApiKey.name).where(held)))


def test_what_was_opened_before_a_switch_is_done_where_it_was_opened(kim):
    kim.open("/app/keys")
    opened_for = kim.hidden("opened_for")
    assert opened_for == kim.organization_id
    kim.send("/app/organization", organization=_second(kim))
    answer = kim.send("/app/keys", name="ci", opened_for=opened_for)
    assert answer.status_code == 201
    assert "ci" in _keys_of(kim, kim.organization_id)
    assert _keys_of(kim, _second(kim)) == []
    assert "ci" in kim.open("/app/keys").text


def test_what_belongs_to_no_organization_of_theirs_is_refused_and_changes_nothing(kim):
    second = _second(kim)
    with kim.polis.services.transaction() as session:
        left = Membership.organization_id == second, Membership.user_id == kim.who.user_id
        session.delete(session.scalars(select(Membership).where(*left)).one())
    answer = kim.send("/app/keys", name="ci", opened_for=second)
    assert answer.status_code == 403
    assert "this page was opened for" in answer.text
    assert "ci" not in _keys_of(kim, second) + _keys_of(kim, kim.organization_id)
    with kim.polis.services.database.reading() as session:
        assert session.get_one(Organization, second).deleted_at is None
