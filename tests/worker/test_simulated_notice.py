"""What the simulated biller's own process could not tell is told by a worker, once."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from app import outbox
from app.domain.billing.simulated import notices
from app.kit import clock
from app.models.payments import PaymentEvent
from app.models.work import Work
from app.worker.jobs.base import Failure
from app.worker.jobs.simulated_notice import HANDLER


@pytest.fixture
def claim(services):
    """A notice whose process died before it could hand it over."""
    with services.database.transaction() as session:
        notices.record(session, "customer.updated", "customer", "cus_x", clock.now())
    with services.database.transaction() as session:
        work = session.scalar(select(Work).where(Work.kind == notices.WORK))
        return outbox.claim(session, work.id, "test", (notices.WORK,), clock.now())


def events(services):
    with services.database.reading() as session:
        return session.scalars(select(PaymentEvent)).all()


def test_it_is_handed_over_and_over_with(services, claim):
    HANDLER.run(services, claim)
    (event,) = events(services)
    assert (event.id, event.mode, event.kind) == (
        claim.payload["id"],
        "simulated",
        "customer.updated",
    )
    assert (event.subject, event.object_id, event.state) == ("customer", "cus_x", "taken")
    with services.database.reading() as session:
        assert session.get(Work, claim.id).ended_at is not None


def test_handed_over_again_it_is_known(services, claim):
    HANDLER.run(services, claim)
    HANDLER.run(services, claim)
    assert len(events(services)) == 1


def test_with_another_provider_nobody_waits_for_it(services, claim):
    settings = services.settings.model_copy(update={"billing": "off"})
    HANDLER.run(replace(services, settings=settings), claim)
    assert events(services) == []
    with services.database.reading() as session:
        assert session.get(Work, claim.id).ended_at is not None


def test_given_up_it_stands_in_the_log(services, claim):
    with capture_logs() as logged, services.transaction() as session:
        HANDLER.gave_up(session, claim, Failure("engine_unavailable", "Every attempt ended."))
    assert [line["notice"] for line in logged] == [claim.payload["id"]]
