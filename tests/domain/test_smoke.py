from dataclasses import replace

from app.domain.runs import progress
from app.domain.runs.order import Order
from app.domain.runs.start import Panelist, start
from app.kit import clock
from app.models.runs import Run
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off


def test_a_run_is_worked_off(services):
    services = replace(services, engine=PlainEngine)
    who = member(services, tokens=1000)
    with services.transaction() as session:
        begun = start(
            session,
            caller(services, who),
            Order("text", "Hello", 100, "standard"),
            Panelist("embedded", "1"),
            now=clock.now(),
            request_id="r",
        )
    assert len(services.send.sent) == 2
    work_off(services)
    with services.database.reading() as session:
        run = session.get(Run, begun.id)
        assert run.status == "complete", run.failure_message
        assert len(progress.panel_of(session, run.id)) == 100
    assert caller(services, who).standing.packs == 850
