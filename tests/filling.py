"""Writes many rows at once, as years of use would leave them: for benches and for tests of lists."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app.db import Database
from app.domain import ledger, wallets
from app.domain.wallets import Wallet
from app.kit import clock, ids
from app.models.billing import Balance
from app.models.limits import SpendCounter

_PIECE = 5_000
_TEXT = "We change the price of the season ticket, and say so two months before. " * 16
_REPORT = json.dumps({"report": {"segments": [], "notes": _TEXT}, "members": {}})
_STATES = ("complete",) * 18 + ("failed", "cancelled")


@dataclass(frozen=True)
class Owner:
    """Whose rows they are."""

    organization_id: str
    user_id: str
    subjects: tuple[str, ...]
    mode: str


def fill(database: Database, owner: Owner, runs: int, entries: int, now: datetime) -> None:
    """So many runs (one of ten in a comparison of two), and entries: runs, then questions."""
    moments = [now - timedelta(days=90) * (runs - n) / runs for n in range(runs)]
    made = [
        (n, at, ids.first_of("run", clock.milliseconds(at))[:-8] + f"{n:08d}")
        for n, at in enumerate(moments)
    ]
    pairs = {n: id_.replace("run_", "cmp_") for n, _, id_ in made if n % 20 == 0 and n + 1 < runs}
    _write(database, "comparisons", (_pair(owner, made[n], id_) for n, id_ in pairs.items()))
    _write(database, "runs", (_run(owner, each, pairs) for each in made))
    causes = list(_causes(made, pairs, entries // 3))
    _write(database, "spend_parts", (_part(owner, *each) for each in causes))
    _write(database, "ledger_entries", (row for each in causes for row in _entries(owner, *each)))
    wallet = Wallet(owner.organization_id, "live", owner.mode)
    tokens = 150 * len(causes)
    with database.transaction() as session:
        session.execute(text(_BY_DAY), {"organization": owner.organization_id})
        _count(session, Counter(_counter(owner, *each) for each in causes))
        ledger.grant(
            session, wallet, "packs", 10_000 + tokens, cause=f"fill:{owner.user_id}", now=now
        )
        spent = update(Balance).where(*wallets.of(wallet)).values(packs=Balance.packs - tokens)
        session.execute(spent, execution_options={"synchronize_session": False})
    if not database.sqlite:
        with database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            connection.execute(text("ANALYZE"))


def _count(session: Session, causes: Counter) -> None:
    """Counters go up by what their causes spent."""
    for (subject, book, period_start), count in causes.items():
        kept = session.get(SpendCounter, (subject, book, period_start))
        if kept is None:
            kept = SpendCounter(subject=subject, book=book, period_start=period_start, used=0)
            session.add(kept)
        kept.used += 150 * count
    session.flush()


def _counter(owner, n, at, _cause) -> tuple[str, str, datetime]:
    return _subject(owner, n), "live", clock.month_start(at)


def _run(owner, made, pairs) -> dict:
    n, at, id_ = made
    moment, first = clock.milliseconds(at), n - n % 20
    pair = pairs.get(first) if n - first < 2 else None
    state = "complete" if pair else _STATES[n % 20]
    return {
        "id": id_, "organization_id": owner.organization_id, "book": "live", "mode": owner.mode,
        "comparison_id": pair, "variant": n - first if pair else None, "via": "key",
        "credential_id": _subject(owner, n).partition(":")[2] or None,
        "subject": _subject(owner, n), "user_id": owner.user_id, "label": f"Draft {n}" if n % 3 else None,
        "content_type": "text", "content": f"{n}: {_TEXT}", "persona_count": 100, "detail": "standard",
        "seed": n, "engine": "embedded", "engine_version": "1", "status": state,
        "personas_done": 100 if state == "complete" else 0, "batches_left": 0, "tokens": 150,
        "refunded_tokens": 0 if state == "complete" else 150, "failure_message": None,
        "synthesis": _REPORT if state == "complete" else None,
        "room": "[46,33,21]" if state == "complete" else None, "created_at": moment, "completed_at": moment,
    }  # fmt: skip


def _pair(owner, made, id_) -> dict:
    n, at, first = made
    return {
        "id": id_, "organization_id": owner.organization_id, "book": "live", "label": f"Two ways {n}",
        "subject": _subject(owner, n), "user_id": owner.user_id, "status": "complete",
        "result": json.dumps({"winner_run_id": first}), "created_at": clock.milliseconds(at),
        "completed_at": clock.milliseconds(at),
    }  # fmt: skip


def _causes(made, pairs, count) -> Iterator[tuple[int, datetime, str]]:
    """A cause for each run or comparison that was charged, then for questions until there are enough."""
    for n, at, id_ in made[:count]:
        yield n, at, f"compare:{pairs[n]}" if n in pairs else f"run:{id_}"
    for extra in range(count - len(made)):
        n, at, id_ = made[extra % len(made)]
        yield n, at, f"turn:{id_.replace('run_', 'thr_')}:{extra}"


def _entries(owner, n, at, cause) -> Iterator[dict]:
    for place, (kind, tokens) in enumerate((("hold", -150), ("release", 150), ("charge", -150))):
        yield {
            "id": ids.new("ent"), "organization_id": owner.organization_id, "book": "live",
            "mode": owner.mode, "bucket": "packs", "kind": kind, "tokens": tokens, "usd_micros": 0,
            "cause": cause, "key": f"{cause}:{kind}:packs", "period_start": None,
            "created_at": clock.milliseconds(at) + place,
        }  # fmt: skip


def _part(owner, n, at, cause) -> dict:
    return {
        "cause": cause, "subject": _subject(owner, n), "book": "live", "user_id": owner.user_id,
        "period_start": clock.milliseconds(clock.month_start(at)),
    }  # fmt: skip


def _subject(owner, n) -> str:
    """The last of the subjects is used for one run of a thousand, the others in turn."""
    common = owner.subjects[:-1] or owner.subjects
    return owner.subjects[-1] if n % 1_000 == 7 else common[n % len(common)]


def _write(database: Database, table: str, rows: Iterable[dict]) -> None:
    """Pieces of rows, each a transaction, in the driver's own quickest way."""
    rows = iter(rows)
    while piece := [*islice(rows, _PIECE)]:
        names = list(piece[0])
        with database.transaction() as session:
            cursor = session.connection().connection.cursor()
            if database.sqlite:
                marks = ", ".join("?" * len(names))
                cursor.executemany(
                    f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
                    [[*each.values()] for each in piece],
                )
            else:
                with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                    for each in piece:
                        copy.write_row([*each.values()])


_BY_DAY = """
INSERT INTO daily_usage (organization_id, book, mode, day, subject, user_id, tokens, charges)
SELECT e.organization_id, e.book, e.mode, e.created_at - e.created_at % 86400000, p.subject, p.user_id,
-sum(e.tokens), count(DISTINCT e.cause) FROM ledger_entries e JOIN spend_parts p ON p.cause = e.cause
WHERE e.kind = 'charge' AND e.organization_id = :organization
GROUP BY e.organization_id, e.book, e.mode, e.created_at - e.created_at % 86400000, p.subject, p.user_id
"""
