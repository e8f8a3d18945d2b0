"""What an operator is told of data that do not hold together: each kind of fault by its name."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from app import outbox
from app.db import Database
from app.domain import ledger, soundness
from app.domain.soundness.unattended import PATIENCE
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.audit import AuditHead
from app.models.runs import Run
from app.models.work import Work
from tests.databases import DATABASES
from tests.factories import caller, member
from tests.fakes import PlainEngine, work_off
from tests.flows import keeping
from tests.starting import begin, compare, order
from tests.working import with_engine


@pytest.fixture
def works(services):
    return with_engine(services, PlainEngine())


@pytest.fixture
def who(services):
    return member(services, tokens=1_000)


def faults(services, **more):
    with services.database.snapshot() as session:
        return soundness.faults(soundness.look(session, more.pop("now", clock.now()), **more))


def do(services, statement, *, unguarded=False):
    """Change rows as nobody may, past triggers and references where that is asked."""
    with services.transaction() as session:
        sqlite = services.database.sqlite
        if unguarded and not sqlite:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        if unguarded and sqlite:
            session.execute(text("DROP TRIGGER audit_events_no_update"))
            session.execute(text("DROP TRIGGER audit_events_no_delete"))
        session.execute(text(statement) if isinstance(statement, str) else statement)


def test_runs_comparisons_and_questions_under_way_are_no_fault(works, who):
    begin(works, caller(works, who))
    compare(works, caller(works, who), order(10), order(10))
    assert faults(works) == []
    work_off(works)
    assert faults(works) == []


def test_tokens_held_for_what_nobody_does_are_named(works, who):
    run_id = begin(works, caller(works, who)).id
    pair = compare(works, caller(works, who), order(10), order(10)).id
    do(works, delete(Work))
    assert faults(works) == [
        f"holds: compare:{pair} holds tokens and nothing is left to do for it",
        f"holds: run:{run_id} holds tokens and nothing is left to do for it",
    ]


def test_tokens_held_for_what_is_over_or_gone_are_named(works, who):
    run_id = begin(works, caller(works, who)).id
    do(works, update(Run).values(status="complete"))
    with works.transaction() as session:
        wallet = Wallet(who.organization_id, "live", "simulated")
        gone = {"cause": "turn:thr_gone:1", "limits": (), "now": clock.now()}
        ledger.hold(session, wallet, 5, **gone)
    assert faults(works) == [
        f"holds: run:{run_id} holds tokens and is over, or gone",
        "holds: turn:thr_gone:1 holds tokens and is over, or gone",
    ]
    with works.transaction() as session:
        ledger.settle(session, wallet, cause=f"run:{run_id}", delivered=0, now=clock.now())
    assert [each for each in faults(works) if run_id in each] == []


def test_a_balance_that_is_not_the_sum_of_its_entries_is_named(services, who):
    do(services, "UPDATE balances SET packs = packs + 1")
    [fault] = faults(services)
    assert fault.startswith("ledger: ")
    assert "packs is 1001, its entries say 1000" in fault
    do(services, "UPDATE balances SET packs = packs - 1")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE audit_events SET actor = 'nobody' WHERE number = 2", "holds to act 1"),
        ("DELETE FROM audit_events WHERE number = 2", "holds to act 1"),
        ("UPDATE audit_heads SET number = number - 1", "holds to act"),
    ],
)
def test_a_log_that_was_changed_is_named(services, who, change, words):
    do(services, change, unguarded=True)
    [fault] = faults(services)
    assert fault.startswith(f"audit: {who.organization_id}: {words}")


def test_a_log_whose_end_was_taken_away_is_named(services, who):
    do(services, delete(AuditHead))
    assert faults(services) == [f"audit: {who.organization_id}: its end is lost"]


def test_work_that_is_due_and_nobody_does_is_named_only_while_somebody_should(services, who):
    now = clock.now()
    with services.transaction() as session:
        outbox.record(session, "send_mail", {}, key="late", now=now)
        outbox.record(session, "send_mail", {}, key="idle", now=now, low=True)
        work_id = session.scalar(select(Work.id).where(Work.key == "late"))
    later = now + PATIENCE + timedelta(seconds=1)
    assert faults(services, now=now) == faults(services, now=later, at_rest=True) == []
    [fault] = faults(services, now=later)
    assert fault == f"work: {work_id} (send_mail) is due since {clock.iso(now)}, and nobody does it"


@pytest.mark.parametrize("kind", DATABASES)
def test_rows_that_name_what_is_not_there_end_the_command_with_a_list(copies, tmp_path, kind):
    kept = keeping.fresh(copies, kind, tmp_path / "here")
    services = kept.services()
    member(services, tokens=5)
    services.database.dispose()
    assert kept.facts("doctor", "--data")["sound"]
    database = Database(kept.url)
    lost = "UPDATE memberships SET organization_id = 'org_gone'"
    with database.engine.connect() as connection:
        if database.sqlite:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql(lost)
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
            connection.exec_driver_sql(lost)
            connection.commit()
    database.dispose()
    done = kept.asked("doctor", "--data")
    assert done.exit_code == 1
    assert (
        "1 rows of memberships name by organization_id what is not in organizations" in done.stdout
    )


@pytest.mark.parametrize("kind", DATABASES)
def test_data_of_another_schema_are_not_looked_at(copies, tmp_path, kind):
    assert "polis migrate" in keeping.empty(copies, kind, tmp_path / "here").refusal(
        "doctor", "--data"
    )
