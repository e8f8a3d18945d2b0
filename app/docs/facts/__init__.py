"""What the pages may say without writing it down: prices, tools, limits, settings, refusals."""

from functools import cache
from typing import Any

from app.docs import about, statuses
from app.docs.discovery import table
from app.docs.facts import (
    connecting,
    consent,
    engine,
    failures,
    hints,
    installation,
    kept,
    limits,
    oauth,
    people,
    prices,
    refusals,
    reports,
    secrets,
    sizes,
    spans,
    tools,
    validity,
    webhooks,
)
from app.domain import pages
from app.settings import Settings


@cache
def facts(settings: Settings) -> dict[str, Any]:
    """Every name a page may use."""
    return {
        "base_url": settings.base_url,
        "support_email": settings.support_email,
        "kinds": pages.KINDS,
        "notice_months": about.NOTICE_MONTHS,
        "sizes": sizes.sizes(),
        "documents": list(table.listed(settings)),
        "statuses": statuses.STATUSES,
        **prices.prices(),
        **consent.facts(),
        **tools.facts(),
        **hints.facts(),
        **reports.facts(settings),
        **validity.facts(),
        **engine.facts(),
        **secrets.facts(),
        **spans.facts(),
        **people.facts(),
        **kept.facts(),
        **limits.facts(settings),
        **refusals.facts(),
        **failures.facts(),
        **oauth.facts(settings),
        **connecting.facts(settings),
        **installation.facts(settings),
        **webhooks.facts(),
    }
