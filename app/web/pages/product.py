"""The front page, and the price list."""

from flask import Response, render_template

from app.docs.discovery import apis
from app.docs.published import facts
from app.web.pages import blueprint
from app.web.pages.shown import shown
from app.web.services import services


@blueprint.get("/")
def front() -> Response:
    """What this is and how to begin; a program is told where the rest is described."""
    settings = services().settings
    page = render_template("front.html", **{**facts(settings), **shown()})
    return Response(page, headers={"Link": apis.links(settings.base_url)})


@blueprint.get("/pricing")
def pricing() -> str:
    """The price list."""
    return render_template("pricing.html", **facts(services().settings))
