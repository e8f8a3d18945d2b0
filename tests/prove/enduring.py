"""What every fault must leave behind: clean refusals meanwhile, then everything done once, and paid once."""

import json
import urllib.error
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import func, select

from app.db import Database
from app.models.billing import Balance, LedgerEntry
from app.models.runs import Run
from app.models.work import Work
from tests import invariants
from tests.prove.machines import Fleet, Web
from tests.together import together
from tests.waiting import until

RUN = {"content_type": "text", "content": "Hello", "persona_count": 10, "detail": "snapshot"}
PRICE = 10
BEFORE, MEANWHILE = 3, 8
TOO_MUCH = ("Traceback", "SELECT", "sqlite", "psycopg", "/tmp")  # for a stranger to be told


def endured(
    fleet: Fleet,
    fault: Callable[[Fleet], AbstractContextManager[object]],
    meanwhile: Callable[[Fleet, str], object] = lambda *_: None,
) -> None:
    """Starts before, during and after a fault are one run each, by the same processes throughout."""
    key, processes = fleet.buyer(1_000), pids(fleet)
    started = {n: start(fleet.web, key, n) for n in range(BEFORE)}
    assert None not in started.values()
    wanted = range(BEFORE, BEFORE + MEANWHILE)
    with fault(fleet):
        refused = together(MEANWHILE, lambda n: start(fleet.web, key, BEFORE + n))
        assert refused == [None] * MEANWHILE
        assert fleet.web.asked("/healthz")[0] == 200
        meanwhile(fleet, key)
    for number in wanted:
        until(lambda n=number: started.update({n: start(fleet.web, key, n)}) or started[n])
    assert pids(fleet) == processes
    settled(fleet.database_url, set(map(str, started.values())))


def start(web: Web, key: str, number: int) -> str | None:
    """A run by its own idempotency key; None where it was refused cleanly."""
    try:
        answer = web.call("polis_test", {**RUN, "idempotency_key": f"run {number}"}, key)
    except urllib.error.HTTPError as refusal:
        with refusal:
            hold_clean(refusal)
        return None
    return str(answer["run_id"])


def hold_clean(refusal: urllib.error.HTTPError) -> None:
    """A refusal that says when to come back, in our words, with a request id."""
    text = refusal.read().decode()
    assert (refusal.code, refusal.headers["Retry-After"]) == (503, "5"), text
    assert json.loads(text)["error"]["data"]["request_id"].startswith("req_")
    assert [word for word in TOO_MUCH if word in text] == []


def settled(database_url: str, runs: set[str]) -> None:
    """These are all runs there are; each is complete, was charged once, and nothing is held."""
    database = Database(database_url)
    until(lambda: _open(database) == 0, lambda: _open(database), 90)
    invariants.check(database)
    with database.reading() as session:
        kept = {row.id: row.status for row in session.execute(select(Run.id, Run.status))}
        charged = select(func.coalesce(func.sum(LedgerEntry.tokens), 0))
        assert session.scalar(charged.where(LedgerEntry.kind == "charge")) == -PRICE * len(runs)
        assert session.scalar(select(func.sum(Balance.held))) == 0
    assert kept == dict.fromkeys(runs, "complete")
    database.dispose()


def pids(fleet: Fleet) -> list[int]:
    """Every process that serves or works, masters and workers."""
    return sorted(pid for each in (*fleet.webs, *fleet.workers) for pid in each.pids)


def _open(database: Database) -> int:
    with database.reading() as session:
        return int(session.scalar(select(func.count()).where(Work.ended_at.is_(None))) or 0)
