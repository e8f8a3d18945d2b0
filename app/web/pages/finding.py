"""Search over the documentation, and what a reader who is signed in sees of their own."""

from flask import Response, render_template, request

from app.docs.published import published
from app.docs.search import LONGEST, MOST, search
from app.domain import keys
from app.domain.clients import developer_apps
from app.domain.grants import scopes
from app.kit import clock
from app.web import asked, signed_in
from app.web.pages import blueprint
from app.web.services import services
from app.web.texts import scripted

_ABOUT_APPS = "build-an-app"


@blueprint.get("/docs/search")
def docs_search() -> Response:
    """The places that hold every word of a question."""
    catalogue = published(services().settings)
    question = " ".join(request.args.get("q", "")[:LONGEST].split())
    page = render_template(
        "docs/search.html",
        question=question,
        hits=search(catalogue, question),
        most=MOST,
        sections=catalogue.sections(),
    )
    return scripted(page)


@blueprint.get("/docs/yours")
def docs_yours() -> Response | tuple[str, int, dict[str, str]]:
    """A reader's own endpoint and key, kept nowhere; nothing for whoever is not signed in."""
    private = {"Cache-Control": "private, no-store"}
    person = signed_in.current()
    if person is None:
        return Response(status=204, headers=private)
    builds = request.args.get("page") == _ABOUT_APPS
    with services().database.reading() as session:
        prefix = keys.newest_prefix(session, person.user_id, clock.now())
        apps = developer_apps.of_person(session, person.user_id) if builds else []
    page = render_template(
        "docs/yours.html",
        person=person,
        base=asked.base(),
        prefix=prefix,
        builds=builds,
        apps=apps,
        scopes=scopes.ALL,
    )
    return page, 200, private
