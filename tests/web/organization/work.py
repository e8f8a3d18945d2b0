"""Runs of an organization, with questions about them, in whatever age a test wants."""

from datetime import timedelta

from sqlalchemy import select, update

from app.domain import keys, ledger
from app.domain.wallets import Wallet
from app.kit import clock
from app.models.runs import Run, StoredReaction
from app.models.threads import Thread
from tests.factories import Member


def agent(team):
    """Somebody's program in the organization, with tokens to spend."""
    who = team.owner.who
    with team.services.transaction() as session:
        made = keys.create(session, team.id, user_id=who.user_id, name="agent", now=clock.now())
        wallet = Wallet(team.id, "live", team.services.settings.payment_mode)
        ledger.grant(session, wallet, "packs", 5000, cause=f"test:{made.id}", now=clock.now())
    return team.polis.as_(Member(who.user_id, team.id, made.secret, made.id))


def old_run(team, program, days, *, asked=False, **more):
    """A complete run that began so many days ago."""
    run_id = team.polis.complete_run(program, **more)
    if asked:
        question = {"target": "panel", "question": "A question about it?"}
        program.call("polis_ask", run_id=run_id, **question)
        team.polis.work_off()
    began = clock.now() - timedelta(days=days)
    with team.services.transaction() as session:
        session.execute(update(Run).where(Run.id == run_id).values(created_at=began))
    return run_id


def has_text(team, run_id):
    """Whether anything is left of what a run was about."""
    with team.services.database.reading() as session:
        run = session.get(Run, run_id, populate_existing=True)
        below = [
            session.scalar(select(table.run_id).where(table.run_id == run_id).limit(1))
            for table in (StoredReaction, Thread)
        ]
        told = run.content or run.synthesis or run.audience or run.url
        return bool(told or any(below))
