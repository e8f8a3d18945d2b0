"""The installation these tests talk to, and somebody signed in whose agents spend their tokens."""

from dataclasses import dataclass

import pytest

from app.domain import keys, passwords, sign_in
from app.kit import clock
from app.models.accounts import Membership
from tests.factories import Member, member
from tests.tools.agent import Agent
from tests.tools.installation import Installation, inline, polis, standing
from tests.web.account.browser import PASSWORD, Visitor
from tests.web.fixtures import email, limited

__all__ = ["email", "inline", "limited", "polis", "standing"]


@dataclass
class Host:
    """A person at their dashboard, and the agent of their key."""

    polis: Installation
    who: Member
    visitor: Visitor
    agent: Agent
    email: str

    def open(self, path: str) -> str:
        """A page as text; it must be there."""
        answer = self.visitor.open(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def agent_of(self, name: str, **facts) -> Agent:
        """The agent of another key of theirs."""
        with self.polis.services.transaction() as session:
            made = keys.create(
                session, self.who.organization_id, user_id=self.who.user_id, name=name,
                now=clock.now(), **facts,
            )  # fmt: skip
        return self.polis.as_(
            Member(self.who.user_id, self.who.organization_id, made.secret, made.id)
        )


def host_of(polis: Installation, email: str, **facts) -> Host:
    """Somebody proved, signed in, with tokens to spend."""
    who = member(polis.services, email=email, verified=True, **{"tokens": 20_000, **facts})
    polis.organizations.append(who.organization_id)
    with polis.services.transaction() as session:
        found = sign_in.candidate(session, email)
        assert sign_in.confirm(session, found, passwords.hash_password(PASSWORD))
    visitor = Visitor(polis)
    visitor.sign_in(email)
    return Host(polis, who, visitor, polis.as_(who), email)


@pytest.fixture
def host(polis, email) -> Host:
    return host_of(polis, email)


@pytest.fixture
def join(polis, host):
    """Have somebody look at the host's organization in a role."""

    def joined(email: str, role: str) -> Visitor:
        there = host_of(polis, email)
        with polis.services.transaction() as session:
            session.add(Membership(
                organization_id=host.who.organization_id, user_id=there.who.user_id, role=role, created_at=clock.now(),
            ))  # fmt: skip
        there.visitor.open("/app/")
        there.visitor.send("/app/organization", organization=host.who.organization_id)
        return there.visitor

    return joined
