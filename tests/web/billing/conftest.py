"""An owner in front of the pages about money, who pays at the simulated provider."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any, Self

import pytest

from app.bootstrap import Services
from app.domain.billing import accounts
from app.domain.billing.biller import BillerAway
from app.models.accounts import User
from tests.factories import caller
from tests.starting import begin, compare, order
from tests.tools.installation import Installation, polis, running, standing
from tests.web.account.browser import PASSWORD
from tests.web.fixtures import email, limited
from tests.web.member import Someone, signed_in

__all__ = ["email", "limited", "polis", "standing"]

PAGE = "/app/billing"


class Payer(Someone):
    """Somebody who pays."""

    at = ""

    def open(self, path: str, **more):
        self.at = path
        return super().open(path, **more)

    def shown(self, path: str = PAGE, status: int = 200) -> str:
        """A page as text."""
        answer = self.open(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def shows_again(self) -> None:
        """Who they are, though signed in."""
        self.open("/login?again=1")
        assert self.send("/login", email=self.email, password=PASSWORD).status_code == 303

    def begun(self, item: str) -> Self:
        """As far as the provider's page."""
        self.shown()
        answer = self.send(f"{PAGE}/buy", item=item)
        assert answer.status_code == 303, answer.text
        self.shown(path_of(answer.location))
        return self

    def paid(self, item: str) -> str:
        """Paid, and sent back; nothing is worked off yet."""
        return path_of(self.begun(item).send(self.at, do="pay").location)

    def bought(self, item: str) -> str:
        """Paid and worked off; gives the address one came back to."""
        back = self.paid(item)
        self.polis.work_off()
        return back

    def run(self, people: int = 10, **more) -> str:
        """A test they start, not worked off; gives its id."""
        services = self.polis.services
        return begin(services, self._caller(), order(people, **more)).id

    def comparison(self, *contents: str) -> str:
        services = self.polis.services
        return compare(services, self._caller(), *(order(content=each) for each in contents)).id

    def unverified(self) -> None:
        """Have their address never confirmed."""
        with self.polis.services.transaction() as session:
            session.get_one(User, self.who.user_id).email_verified_at = None

    def account(self, **facts: Any) -> None:
        """Have their account at the provider stand otherwise."""
        services = self.polis.services
        with services.transaction() as session:
            mode = services.settings.payment_mode
            kept = accounts.locked(session, self.organization_id, mode)
            for name, value in facts.items():
                setattr(kept, name, value)

    @contextmanager
    def at_another(self, biller) -> Iterator["Payer"]:
        """The same person where another provider answers; told how the real one is reached."""
        services = self.polis.services

        class Elsewhere(Services):
            __slots__ = ()

            def biller(self):
                return biller(Services.biller(self))

        facts = {each.name: getattr(services, each.name) for each in fields(services)}
        with running(Elsewhere(**facts)) as installation:
            yield self.where(installation)

    @contextmanager
    def where_cards_are(self, secret_key: str) -> Iterator["Payer"]:
        """The same person where a provider's key is set."""
        more = {"billing": "stripe", "stripe_secret_key": secret_key}
        services = self.polis.services
        settings = services.settings.model_copy(update=more)
        with running(replace(services, settings=settings)) as installation:
            yield self.where(installation)

    def where(self, installation: Installation) -> "Payer":
        """The same person in front of another installation on the same database."""
        again = Payer(installation)
        again.who = self.who
        again.sign_in(self.email)
        return again

    def _caller(self):
        return caller(self.polis.services, self.who)


class Providing:
    """A provider that does as the real one, but for what a test gives it."""

    mode = "simulated"

    def __init__(self, real) -> None:
        self._real = real

    def __getattr__(self, name: str):
        return getattr(self._real, name)


class Away:
    """A provider that answers nothing."""

    mode = "simulated"

    def __init__(self, _real) -> None:
        pass

    def __getattr__(self, name: str):
        def away(*_args, **_facts):
            raise BillerAway("The payment provider does not answer.", hint="Try again in a minute.")

        return away


def path_of(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def balance(page: str) -> str:
    return re.search(r'class="balance">([^<]+)<', page)[1]


@pytest.fixture
def payer(polis, email) -> Payer:
    return payer_of(polis, email)


def payer_of(polis, email: str) -> Payer:
    """A new organization with 300 trial tokens, 1,000 in packs, and an agent's key."""
    visitor = signed_in(polis, email)
    visitor.__class__ = Payer
    visitor.email = email
    agent = visitor.agent()
    visitor.who = agent.who
    polis.organizations.append(visitor.organization_id)
    return visitor
