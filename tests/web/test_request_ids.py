"""Work that a request causes has its id, and what that work causes too."""

import pytest
from sqlalchemy import select

from app.kit import logs
from app.models.work import Work
from tests.tools.installation import HELLO, polis, standing
from tests.web.account.browser import Visitor
from tests.web.fixtures import email
from tests.web.team.people import Team
from tests.web.webhooks.conftest import hooked, kim, receiver
from tests.web.webhooks.desk import made

__all__ = ["email", "hooked", "kim", "polis", "receiver", "standing"]


@pytest.fixture(autouse=True)
def nothing_bound():
    """As a thread of a server that has answered nobody yet."""
    logs.bind()
    yield
    logs.bind()


def caused(installation, request_id):
    """The kinds of work that carry a request's id."""
    with installation.services.database.reading() as session:
        found = session.scalars(select(Work.kind).where(Work.request_id == request_id))
        return set(found)


def test_the_mail_of_a_sign_up(polis, email):
    someone = Visitor(polis)
    someone.open("/signup")
    answer = someone.send("/signup", email=email, password="seven paper boats in harbour")
    assert caused(polis, answer.headers["X-Request-Id"]) == {"send_mail"}


def test_an_export(polis):
    owner = Team(polis).owner
    owner.open("/app/settings/organization")
    answer = owner.send("/app/settings/organization/exports")
    assert caused(polis, answer.headers["X-Request-Id"]) >= {"export_organization"}


def test_a_run_its_report_and_the_webhook_that_tells_of_it(hooked, kim, receiver):
    made(kim)
    agent = hooked.as_(kim.who)
    started = agent.ask("tools/call", {"name": "polis_test", "arguments": HELLO})
    request_id = started.headers["X-Request-Id"]
    logs.bind()
    hooked.work_off()
    assert caused(hooked, request_id) == {"react_batch", "synthesise", "deliver_webhook"}
    assert len(receiver.requests) == 1


def test_a_notice_of_the_payment_provider(polis):
    owner = Team(polis).owner
    owner.open("/app/billing")
    bought = owner.send("/app/billing/buy", item="pack:small")
    page = bought.location.partition(owner.base)[2]
    owner.open(page)
    paid = owner.send(page, do="pay")
    assert paid.status_code == 303, paid.text
    assert "apply_payment" in caused(polis, paid.headers["X-Request-Id"])


def test_what_nobody_asked_for_has_no_id(polis):
    with polis.services.database.reading() as session:
        before = session.scalars(select(Work.id)).all()
    polis.work_off()
    with polis.services.database.reading() as session:
        fresh = session.scalars(select(Work.request_id).where(Work.id.not_in(before))).all()
    assert set(fresh) <= {None}
