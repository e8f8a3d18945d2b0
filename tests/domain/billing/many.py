"""Runs by the thousand in a ledger, a second apart, as a busy month leaves them."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from app.domain import wallets
from app.kit import clock, ids
from app.models.billing import Balance
from app.models.usage import DailyUsage
from tests.filling import _write
from tests.purse import Purse

PRICE = 10
SECOND = timedelta(seconds=1)


def many(mine: Purse, runs: int, start: datetime) -> None:
    """So many runs of ten tokens each out of the packs; every third gave one token back."""
    of = mine.wallet
    mine.grant("packs", PRICE * runs, now=start)
    spent, days = 0, Counter()
    rows = []
    for number in range(runs):
        cause, at = f"run:{number}:{of.organization_id}", start + (number + 1) * SECOND
        charged = PRICE - (number % 3 == 0)
        spent += charged
        days[clock.day_start(at)] += charged
        days[clock.day_start(at), "runs"] += 1
        for kind, tokens, when in (
            ("hold", -PRICE, at), ("release", PRICE, at + SECOND / 2), ("charge", -charged, at + SECOND / 2),
        ):  # fmt: skip
            rows.append({
                "id": ids.new("ent"), "organization_id": of.organization_id, "book": of.book,
                "mode": of.mode, "bucket": "packs", "kind": kind, "tokens": tokens, "usd_micros": 0,
                "cause": cause, "key": f"{cause}:{kind}:packs", "period_start": None,
                "created_at": clock.milliseconds(when),
            })  # fmt: skip
    _write(mine.database, "ledger_entries", rows)
    with mine.database.transaction() as session:
        taken = update(Balance).where(*wallets.of(of)).values(packs=Balance.packs - spent)
        session.execute(taken, execution_options={"synchronize_session": False})
        for day in [each for each in days if isinstance(each, datetime)]:
            session.execute(insert(DailyUsage).values(
                organization_id=of.organization_id, book=of.book, mode=of.mode, day=day, subject="",
                user_id="", tokens=days[day], charges=days[day, "runs"],
            ))  # fmt: skip
