"""Pages for whoever works on Polis: in development only, elsewhere there is nothing here."""

from flask import abort, render_template

from app.web.pages import blueprint
from app.web.pages.shown import shown
from app.web.services import services


@blueprint.get("/dev/components")
def components() -> str:
    """Every part of the look, in every state."""
    if services().settings.env != "development":
        abort(404)
    return render_template("dev/components.html", **shown())
