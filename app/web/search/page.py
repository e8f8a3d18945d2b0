"""What a search finds: a page of links, or the options of the palette."""

from flask import Response, request

from app.domain.rights import Right
from app.domain.runs import search as finding
from app.web import place
from app.web.place import Place
from app.web.search import blueprint, places
from app.web.search.places import Found, Hit
from app.web.services import services
from app.web.words import STATES

PATH = "/app/search"
_LONGEST = 100
_MOST = 8


@blueprint.get(PATH)
@place.require()
def search() -> Response:
    """Pages, actions and runs that fit; without words every page and action."""
    words = " ".join(request.args.get("q", "")[:_LONGEST].replace("\0", " ").split())
    here = place.here()
    found = [*places.found(here, words), Found("Runs", _runs(here, words))]
    shown = [each for each in found if each.hits]
    template = "search/options.html" if place.is_partial() else "search/page.html"
    return place.page(template, words=words, found=shown)


def _runs(here: Place, words: str) -> tuple[Hit, ...]:
    if not words or not here.may(Right.READ_RUNS):
        return ()
    with services().database.reading() as session:
        rows = finding.named(session, here.organization.id, words, _MOST)
    return tuple(Hit(row.label, f"/app/runs/{row.id}", STATES[row.status][0]) for row in rows)
