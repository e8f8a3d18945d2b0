"""The installation these tests talk to, and somebody signed in who has an agent too."""

from dataclasses import dataclass, replace
from functools import cache

import pytest

from app.adapters import engines
from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock
from tests.factories import Member, member
from tests.tools.agent import Agent
from tests.tools.installation import Installation, inline, polis, running, standing
from tests.web.account.browser import FIREFOX, Visitor
from tests.web.fixtures import email

__all__ = ["email", "inline", "polis", "standing"]


@dataclass
class Reader:
    """Somebody in front of their browser, and the agent of their organization."""

    polis: Installation
    who: Member
    visitor: Visitor
    agent: Agent

    def open(self, path: str, **more):
        return self.visitor.open(path, **more)

    def part(self, path: str):
        """What htmx gets of a page."""
        headers = {"User-Agent": FIREFOX, "HX-Request": "true"}
        return self.visitor.http.get(path, base_url=self.visitor.base, headers=headers)

    def send(self, path: str, **fields):
        return self.visitor.send(path, **fields)

    def report(self, **more) -> str:
        """A finished run of theirs."""
        return self.polis.complete_run(self.agent, **more)


def reader_of(polis: Installation, who: Member) -> Reader:
    """A browser somebody signed in with a moment ago."""
    visitor = Visitor(polis)
    with polis.services.transaction() as session:
        begun = sessions.begin(session, who.user_id, Browser("192.0.2.1", FIREFOX), clock.now())
    visitor.http.set_cookie("polis", begun.secret, domain="127.0.0.1")
    return Reader(polis, who, visitor, polis.as_(who))


def someone(polis: Installation, **facts) -> Reader:
    """Somebody new with tokens, signed in."""
    who = member(polis.services, **{"verified": True, "tokens": 1000, **facts})
    polis.organizations.append(who.organization_id)
    return reader_of(polis, who)


@pytest.fixture
def reader(polis):
    """Somebody with tokens and an agent."""
    return someone(polis)


@pytest.fixture
def real(polis):
    """The same installation with the engine that is shipped."""
    services = replace(polis.services, engine=cache(lambda: engines.build("embedded")))
    with running(services) as installation:
        yield installation
        polis.organizations += installation.forget_organizations()
