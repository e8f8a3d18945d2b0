"""Usage: what was charged by day, by key and app, by person, and how far limits are used."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Response

from app.domain import limits_used, spending, usage
from app.domain.rights import Right
from app.domain.runs import starters
from app.domain.runs.starter import Starter, Starters
from app.domain.spending import Charged, Spender
from app.kit import clock
from app.web import place
from app.web.columns import columns
from app.web.overview import blueprint, spans
from app.web.services import services

_MOST = 50  # of each kind on the page; the file has all


class Spent(NamedTuple):
    """One row of a table: whose, how much, and how much of all."""

    who: Starter | None
    charged: Charged
    share: float


@blueprint.get("/app/usage")
@place.require(Right.USAGE)
def usage_page() -> Response:
    """The usage of a span in one book."""
    shown, now = spans.shown(), clock.now()
    wallet, book = shown.wallet, shown.wallet.book
    with services().database.reading() as session:
        by_day = usage.by_day(session, wallet, shown.span)
        early = usage.before(session, wallet, shown.span.start)
        spent = spending.without(usage.by_spender(session, wallet, shown.span), early)
        names = starters.named(session, wallet.organization_id, spent)
        period = shown.standing.period(book, now)
        limits = limits_used.listed(session, wallet.organization_id, book, period, now)
    first = clock.day_start(shown.span.start)
    by_day[first] = by_day.get(first, 0) - spending.total(early)
    sources = _sources(spent, names)
    return place.page(
        "overview/usage.html",
        rights=Right,
        shown=shown,
        total=spending.total(spent),
        days=columns(shown.span.days(), by_day),
        sources=sources,
        dashboard=sum(each.charged.tokens for each in sources["user"]),
        people=_spent(spent, 1, names.person),
        most=_MOST,
        limits=limits,
        resets=shown.standing.period_ends(book, now),
    )


def _sources(spent: Mapping[Spender, Charged], names: Starters) -> dict[str, list[Spent]]:
    """By what was spent with: keys (and what nobody counted), apps, people at the dashboard."""
    found: dict[str, list[Spent]] = {"key": [], "app": [], "user": []}
    for each in _spent(spent, 0, names.of):
        found[each.who.kind if each.who else "key"].append(each)
    return found


def _spent(
    spent: Mapping[Spender, Charged], field: int, named: Callable[[str], Starter | None]
) -> list[Spent]:
    whole = spending.total(spent) or 1
    return [
        Spent(named(name), charged, round(100 * charged.tokens / whole, 1))
        for name, charged in spending.summed(spent, field)
    ]
