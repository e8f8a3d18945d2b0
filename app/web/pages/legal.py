"""What becomes of what people give us, and on which terms: linked wherever a client asks for it."""

from flask import render_template

from app.web.pages import blueprint
from app.web.services import services


@blueprint.get("/privacy")
def privacy() -> str:
    """Where texts go and how long they stay."""
    return render_template("legal/privacy.html", settings=services().settings)


@blueprint.get("/terms")
def terms() -> str:
    """What is sold, and what it is not."""
    return render_template("legal/terms.html", settings=services().settings)
