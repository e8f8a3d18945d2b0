"""The table of rights, and the rules about roles."""

import pytest

from app.domain import accounts, leaving, rights, roles
from app.domain.rights import RIGHTS, ROLES, NotAllowed, Right
from app.errors import Conflict, NotFound
from app.kit import clock
from app.models.accounts import Membership, Organization
from tests.factories import member


def test_every_right_has_its_least_role():
    assert set(RIGHTS) == set(Right)


@pytest.mark.parametrize("right", list(Right), ids=lambda right: right.name)
def test_a_role_may_what_the_roles_before_it_may(right):
    allowed = [rights.may(role, right) for role in ROLES]
    assert allowed == sorted(allowed)
    assert allowed[-1], "an owner may everything"


def test_the_table_is_the_products():
    by_role = {role: {r.name for r in Right if RIGHTS[r] == role} for role in ROLES}
    assert by_role == {
        "member": {"RUN", "READ_RUNS", "OWN_KEYS", "OWN_CONNECTIONS"},
        "admin": {
            "ALL_RUNS", "ALL_KEYS", "ALL_CONNECTIONS", "MEMBERS", "DEVELOPER_APPS", "USAGE", "AUDIT_LOG",
        },
        "owner": {"BILLING", "LIMITS", "CHANGE_ROLES", "ORGANIZATION_TOKENS", "EXPORT", "DELETION"},
    }  # fmt: skip


@pytest.fixture
def team(services):
    """An organization somebody made, with an admin and a member in it."""
    owner = member(services)
    people = {"owner": owner.user_id}
    now = clock.now()
    with services.transaction() as session:
        session.get_one(Organization, owner.organization_id).personal_user_id = None
        for role in ("admin", "member"):
            person = accounts.create(
                session, f"{role}-{owner.user_id}@example.com", password_digest=None, mode="simulated", now=now,
            )  # fmt: skip
            people[role] = person.user_id
            session.add(
                Membership(
                    organization_id=owner.organization_id, user_id=person.user_id, role=role, created_at=now
                )
            )  # fmt: skip
    return owner.organization_id, people


def test_a_right_is_required_by_role(services, team):
    organization_id, people = team
    with services.database.reading() as session:
        assert rights.require(session, people["admin"], organization_id, Right.USAGE) == "admin"
        with pytest.raises(NotAllowed):
            rights.require(session, people["member"], organization_id, Right.USAGE)


def test_a_stranger_learns_nothing(services, team):
    organization_id, _ = team
    stranger = member(services)
    with services.database.reading() as session, pytest.raises(NotFound):
        rights.require(session, stranger.user_id, organization_id, Right.READ_RUNS)


def test_only_an_owner_gives_roles(services, team):
    organization_id, people = team
    with services.transaction() as session:
        with pytest.raises(NotAllowed):
            roles.give(
                session, people["admin"], people["member"], organization_id, "owner", clock.now()
            )
        roles.give(
            session, people["owner"], people["member"], organization_id, "admin", clock.now()
        )
        assert rights.role_of(session, people["member"], organization_id) == "admin"


def test_the_last_owner_can_neither_leave_nor_step_down(services, team):
    organization_id, people = team
    owner = people["owner"]
    with services.transaction() as session:
        with pytest.raises(Conflict):
            leaving.leave(session, owner, organization_id, clock.now())
        with pytest.raises(Conflict):
            roles.give(session, owner, owner, organization_id, "member", clock.now())
        roles.give(session, owner, people["admin"], organization_id, "owner", clock.now())
        leaving.leave(session, owner, organization_id, clock.now())
        with pytest.raises(NotFound):
            rights.role_of(session, owner, organization_id)
