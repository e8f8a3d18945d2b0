"""A member in front of their dashboard."""

import re

import pytest
from sqlalchemy import select

from app.domain import accounts, ledger
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.accounts import Membership
from tests.factories import Member
from tests.tools.installation import Installation
from tests.web.account.browser import BASE, Visitor
from tests.web.account.somebody import somebody


class Someone(Visitor):
    """Somebody proved, signed in a moment ago, with 1,000 pack tokens to spend."""

    who: Member

    @property
    def organization_id(self) -> str:
        return self.who.organization_id

    def agent(self, **facts):
        """An agent of theirs, with a key of its own."""
        return self.polis.second_key(self.polis.as_(self.who), **facts)

    def part(self, path: str, **fields):
        """What htmx gets for a form."""
        data = {"csrf_token": self.token, **fields}
        return self.http.post(
            path, base_url=self.base, data=data, headers={"HX-Request": "true"},
            environ_overrides={"REMOTE_ADDR": self.peer},
        )  # fmt: skip

    def tokens(self, amount: int) -> None:
        services = self.polis.services
        wallet = Wallet(self.organization_id, "live", services.settings.payment_mode)
        with services.transaction() as session:
            facts = {"cause": f"test:{self.who.user_id}", "now": clock.now()}
            ledger.grant(session, wallet, "packs", amount, **facts)

    def becomes(self, role: str) -> None:
        """Whatever they were in their organization."""
        with self.polis.services.transaction() as session:
            rows = select(Membership).where(Membership.organization_id == self.organization_id)
            session.scalars(rows).one().role = role

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page that was shown last."""
        return re.search(rf'name="{name}" value="([^"]*)"', self.page.text)[1]


def signed_in(polis: Installation, email: str, base: str = BASE) -> Someone:
    """A new person at a browser of their own."""
    visitor = Someone(polis, base)
    visitor.sign_in(somebody(polis, email))
    with polis.services.database.reading() as session:
        found = accounts.find(session, email)
    visitor.who = Member(found.user_id, found.organization_id, "", "")
    visitor.tokens(1000)
    return visitor


def said(page) -> str:
    """A page's words, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.fixture
def someone(polis, email):
    """Somebody at their dashboard."""
    return signed_in(polis, email)
