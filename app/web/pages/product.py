"""The front page, and a plain page wherever a link leads that a dashboard will answer."""

from flask import render_template

from app.docs.facts import facts
from app.web import signed_in
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


@blueprint.get("/app/runs")
@blueprint.get("/app/runs/<run_id>")
@blueprint.get("/app/keys")
@blueprint.get("/app/billing")
@signed_in.require
def dashboard(run_id: str = "") -> str:
    """The same page whether or not the run exists: it tells a stranger nothing."""
    return render_template("dashboard.html", run_id=run_id, person=signed_in.person())
