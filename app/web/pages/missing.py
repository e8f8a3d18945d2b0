"""Pages of the documentation that are not there: those nearest to what was asked for."""

from difflib import get_close_matches

from flask import Response, render_template, request

from app.docs.catalogue import Catalogue, Page
from app.docs.published import published
from app.docs.search import LONGEST, search
from app.errors import NotFound
from app.settings import Settings
from app.web import edge
from app.web.pages import blueprint
from app.web.services import services
from app.web.texts import MARKDOWN, scripted, wants_markdown

_MOST = 4
_NEAR = 0.5


class NoSuchPage(NotFound):
    """Nothing is documented under this name."""

    def __init__(self, slug: str) -> None:
        super().__init__("There is no page at this address.", hint="Start at /docs.")
        self.slug = slug


def found(settings: Settings, slug: str) -> Page:
    """The page of a name; else NoSuchPage."""
    page = published(settings).page(slug)
    if page is None:
        raise NoSuchPage(slug)
    return page


def nearest(catalogue: Catalogue, slug: str) -> list[Page]:
    """The pages whose names are like the one asked for, then those that hold its words."""
    slug, by_name = slug[:LONGEST].lower(), {page.slug: page for page in catalogue.pages}
    alike = [by_name[each] for each in get_close_matches(slug, by_name, _MOST, _NEAR)]
    holding = [hit.page for hit in search(catalogue, slug.replace("-", " "))]
    return list(dict.fromkeys([*alike, *holding]))[:_MOST]


@blueprint.errorhandler(NoSuchPage)
def no_such_page(error: NoSuchPage) -> Response:
    """The way on, in the form that was asked for."""
    catalogue = published(services().settings)
    near, id_ = nearest(catalogue, error.slug), edge.request_id(request.environ)
    if request.path.endswith(".md") or wants_markdown():
        return Response(_markdown(catalogue, near, id_), 404, content_type=MARKDOWN)
    page = render_template(
        "docs/missing.html",
        nearest=near,
        sections=catalogue.sections(),
        request_id=id_,
    )
    return scripted(page, 404)


def _markdown(catalogue: Catalogue, near: list[Page], request_id: str) -> str:
    base = catalogue.base_url
    lines = [f"- [{page.title}]({base}/docs/{page.slug}.md): {page.summary}" for page in near]
    perhaps = ["Perhaps you meant:", "", *lines, ""] if lines else []
    way_on = [f"All pages: {base}/llms.txt", "", f"Status 404, request {request_id}", ""]
    return "\n".join(["# There is no page at this address", "", *perhaps, *way_on])
