"""Pages for whoever works on Polis: in development only, elsewhere there is nothing here."""

from datetime import UTC, datetime, timedelta

from flask import render_template

from app.web import developing
from app.web.columns import columns
from app.web.histograms import histogram
from app.web.pages import blueprint
from app.web.pages.shown import shown


@blueprint.get("/dev/components")
def components() -> str:
    """Every part of the look, in every state."""
    developing.require_here()
    answers = histogram((4, 6, 11, 14, 15, 14, 13, 10, 7, 4, 2), 4.1, 4.6, 5.0)
    first = datetime(2026, 11, 1, tzinfo=UTC)
    days = {first + timedelta(days=n): 150 * (n * 7 % 5) for n in range(30)}
    return render_template(
        "dev/components.html", histogram=answers, days=columns(days, days), **shown()
    )
