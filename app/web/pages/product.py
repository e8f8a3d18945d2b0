"""The front page, and a plain page wherever a link leads that a dashboard will answer."""

from flask import render_template

from app.docs.facts import facts
from app.web.pages import blueprint
from app.web.pages.shown import shown
from app.web.services import services


@blueprint.get("/")
def front() -> str:
    """What this is and how to begin."""
    return render_template("front.html", **shown(), **facts(services().settings))


@blueprint.get("/pricing")
def pricing() -> str:
    """The price list."""
    return render_template("pricing.html", **facts(services().settings))


@blueprint.get("/app/<path:place>")
def dashboard(place: str) -> str:
    """The same page whether or not the run exists: it tells a stranger nothing."""
    run_id = place.removeprefix("runs/") if place.startswith("runs/") else ""
    return render_template("dashboard.html", run_id=run_id)
