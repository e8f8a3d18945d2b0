"""Whether a page of the documentation helped: counted by page and answer, and by nobody's name.

The pages are the same bytes for everybody, so their form has no token and opens no cookie.
"""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import networks
from app.errors import InvalidInput
from app.kit import clock, meters
from app.web import counted, network
from app.web.pages import blueprint
from app.web.pages.missing import found
from app.web.services import services

_ANSWERS = ("yes", "no")


@blueprint.post("/helpful/<slug>")
def helpful(slug: str) -> ResponseReturnValue:
    """Count an answer, and say thank you at an address that can be reloaded."""
    page = found(services().settings, slug)
    answer = request.form.get("answer", "")
    if answer not in _ANSWERS:
        raise InvalidInput("Say yes or no.", hint=f"The question stands below /docs/{page.slug}.")
    counted.take("helpful", networks.of(network.address()), clock.now())
    meters.HELPFUL.add(page.slug, answer)
    return redirect(f"/helpful/{page.slug}?said={answer}", 303)


@blueprint.get("/helpful/<slug>")
def thanked(slug: str) -> str:
    """Thank you, and where to say what is missing."""
    page = found(services().settings, slug)
    return render_template("docs/thanked.html", page=page, said=request.args.get("said"))
