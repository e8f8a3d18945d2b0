"""What nobody has claimed, around its last day: it does not end over a payment on its way."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from app import outbox
from app.domain import provisioning
from app.kit import clock
from app.models.work import Work
from app.worker import accounting
from tests.tools.installation import running
from tests.web.provision.conftest import Asking

DAY = timedelta(days=1)
PACK = {"pack": "small"}


@pytest.fixture
def polis(services):
    """An installation of its own, whose days pass for nobody else."""
    with running(services) as installation:
        yield installation


@pytest.fixture
def agent(polis):
    """Of an organization that nobody claims."""
    asking = Asking(polis)
    return asking.agent(asking.key("kim@example.com"))


@pytest.fixture
def at(polis):
    """A moment so many days after the key was given, when the worker does its rounds."""
    began = clock.now()

    def travel(days: float):
        return time_machine.travel(began + days * DAY, tick=False)

    return travel


def ends(polis) -> None:
    with polis.services.transaction() as session:
        provisioning.end_unclaimed(session, clock.now())


def has_ended(agent) -> bool:
    return agent.ask("tools/list").status_code == 401


def pay(polis, page: str) -> None:
    assert polis.services.biller().pay(page.rpartition("/")[2], clock.now()).checkout.paid


def test_it_does_not_end_while_a_page_of_its_is_open(polis, agent, at):
    with at(29.9):
        page = agent.call("polis_topup", **PACK)["pay_url"]
    with at(30.1):
        ends(polis)
        assert not has_ended(agent)
        pay(polis, page)
        polis.work_off()
        assert agent.call("polis_account")["pack_tokens_remaining"] == 1_000
    with at(60):
        ends(polis)
        assert not has_ended(agent)


def test_it_does_not_end_over_a_payment_nobody_told_of_yet(polis, agent, at):
    with at(29.9):
        page = agent.call("polis_topup", **PACK)["pay_url"]
    with at(30.1):
        pay(polis, page)
        with polis.services.transaction() as session:
            session.execute(delete(Work).where(Work.kind == "apply_payment"))
    with at(31.5):
        ends(polis)
        accounting.all_of_it(polis.services)
        ends(polis)
        polis.work_off()
        ends(polis)
        assert not has_ended(agent)
        assert agent.call("polis_account")["pack_tokens_remaining"] == 1_000


def test_it_does_not_end_while_the_provider_could_not_be_asked_about_its_page(polis, agent, at):
    with at(29.9):
        page = agent.call("polis_topup", **PACK)["pay_url"]
    with at(30.1):
        pay(polis, page)
        with polis.services.transaction() as session:
            session.execute(delete(Work).where(Work.kind == "apply_payment"))
    with at(31.5):
        accounting.all_of_it(polis.services)
        with polis.services.transaction() as session:
            (look,) = session.scalars(select(Work).where(Work.key.contains(":over:"))).all()
            claim = outbox.claim(session, look.id, "a worker", {look.kind}, clock.now())
            outbox.postpone(session, claim, clock.now(), "It is away.", clock.now() + DAY)
        ends(polis)
        assert not has_ended(agent)
    with at(32):
        polis.work_off()
        assert agent.call("polis_account")["pack_tokens_remaining"] == 1_000


def test_it_ends_once_its_page_was_over_and_looked_at(polis, agent, at):
    with at(29.9):
        agent.call("polis_topup", **PACK)
    with at(31.5):
        accounting.all_of_it(polis.services)
        polis.work_off()
        ends(polis)
        assert has_ended(agent)


def test_it_ends_on_time_over_a_page_of_weeks_ago(polis, agent, at):
    with at(10):
        agent.call("polis_topup", **PACK)
    with at(30.1):
        ends(polis)
        assert has_ended(agent)
