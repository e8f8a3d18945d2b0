"""Says which variant of a comparison the panel prefers, once every run has its report."""

from sqlalchemy.orm import Session

from app import outbox
from app.bootstrap import Services
from app.domain.panel.shapes import Json
from app.domain.panel.shared import in_every
from app.domain.runs import find, outcome, progress
from app.kit import clock
from app.outbox import Claim
from app.worker.jobs.base import Failure, Handler
from app.worker.plans import plan_of


def run(services: Services, claim: Claim) -> None:
    """Compare the variants' panels outside any transaction and settle the one hold."""
    compare_id = claim.payload["compare_id"]
    result = _result(services, compare_id)
    with services.transaction() as session:
        if outbox.finish(session, claim, clock.now()) and result is not None:
            outcome.conclude(session, compare_id, result, clock.now())


def gave_up(session: Session, claim: Claim, why: Failure) -> None:
    """Without a result nothing was delivered: all variants are refunded."""
    compare_id = claim.payload["compare_id"]
    outcome.fail_comparison(session, compare_id, why.code, why.message, clock.now())


def _result(services: Services, compare_id: str) -> Json | None:
    """What the engine finds; None where the variants went with their organization."""
    with services.database.reading() as session:
        runs = find.variants(session, compare_id)
        if not runs:
            return None
        run_ids = [run.id for run in runs]
        played_by, account = runs[0].engine, progress.account_of(runs[0])
        requests = [progress.request_of(session, run) for run in runs]
        panels = in_every([progress.panel_of(session, run_id) for run_id in run_ids])
    plans = [plan_of(services, *each) for each in zip(run_ids, requests, strict=True)]
    engine = services.engine_for(played_by, account)
    return _named(engine.compare(plans, panels), run_ids)


def _named(result: Json, run_ids: list[str]) -> Json:
    """The engine speaks of places, the customer of runs."""
    winner = result["winner"]
    return {
        "winner_run_id": None if winner is None else run_ids[winner],
        "verdict": result["verdict"],
        "preferred": [
            {"run_id": run_id, "share": share}
            for run_id, share in zip(run_ids, result["preferred"], strict=True)
        ],
        "p_a_beats_b": result["p_a_beats_b"],
        "interval": result["interval"],
        "interval_note": result["interval_note"],
        "validity": result["level"],
    }


HANDLER = Handler(run, gave_up)
