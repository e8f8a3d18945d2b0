"""Which engine plays a panel: the embedded one, or a model where tokens of real money pay it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.domain.callers import Caller
from app.domain.runs.order import Order
from app.domain.tariff import spending, worth
from app.domain.tariff.away import ModelAway
from app.domain.tariff.rate import Terms

MODEL: Final = "llm"
_PLAY = frozenset(("stripe_test", "simulated"))


@dataclass(frozen=True, slots=True)
class Panelist:
    """Which engine, at which version, a run is ordered from."""

    engine: str
    version: str
    terms: Terms | None = None  # of a model
    model: "Panelist | None" = None  # who plays instead where that is paid for


def chosen(panelist: Panelist, caller: Caller) -> Panelist:
    """The engine for a caller: play money, the test book and the unclaimed never meet a model."""
    pays = caller.book == "live" and caller.claimed and caller.mode not in _PLAY
    return panelist.model if panelist.model is not None and pays else panelist


def check(
    session: Session, panelist: Panelist, caller: Caller, orders: Sequence[Order], now: datetime
) -> None:
    """Refuse what the model's price or today's money does not allow, before anything is held."""
    terms = panelist.terms
    if terms is None:
        return
    for order in orders:
        worth.check(terms, order)
    worst = sum(worth.worst_of(terms, order) for order in orders)
    spending.cover(session, terms, caller.organization_id, worst, now)


def shortens(panelist: Panelist, order: Order) -> bool:
    """Whether a model would be given less of the text than people might read."""
    return panelist.terms is not None and worth.shortens(panelist.terms, order)


def check_question(
    session: Session, panelist: Panelist, caller: Caller, people: int, now: datetime
) -> None:
    """The same for a question to people whom a model plays."""
    terms = chosen(panelist, caller).terms
    if terms is None:
        raise ModelAway(
            "A model played this panel, and none plays for you any more.",
            hint="Run the test again, then ask.",
        )
    worth.check_question(terms, people)
    worst = worth.worst_question(terms, people)
    spending.cover(session, terms, caller.organization_id, worst, now)
