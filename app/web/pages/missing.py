"""Pages that are not there: those nearest to what was asked for, in the form it was asked in."""

from difflib import get_close_matches

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as NoRoute

from app.docs.catalogue import Catalogue, Page
from app.docs.published import published
from app.docs.search import LONGEST, search
from app.docs.statuses import STATUSES
from app.errors import NotFound
from app.settings import Settings
from app.web import edge
from app.web.near import CLOSE, MOST, Near
from app.web.pages import blueprint
from app.web.services import services
from app.web.texts import MARKDOWN, scripted, wants_markdown


def _site(path: str, title: str, summary: str) -> Near:
    return Near(path, title, summary, path)


_VARIES = {"Vary": "Accept"}  # which chooses the form, but under an address that names it

_SITE = (
    _site("/pricing", "Prices", "Plans, packs and what people cost."),
    _site("/login", "Sign in", "To your organization, its tests and keys."),
    _site("/signup", "Sign up", "An account, with tokens to begin with."),
    _site("/status", "Status", "Whether every part works right now."),
    _site("/support", "Support", "Where to ask, and what to send along."),
    _site("/privacy", "Privacy", "What is kept, and how to have it deleted."),
    _site("/terms", "Terms", "What is sold, and what is not."),
)


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


def nearest(catalogue: Catalogue, asked: str) -> list[Near]:
    """The pages whose names are like a part of what was asked for, then those with its words."""
    asked = asked.removesuffix(".md")[:LONGEST].lower()
    by_name = {page.slug: [_documented(page)] for page in catalogue.pages}
    for near in _SITE:
        by_name.setdefault(near.path.strip("/"), []).append(near)
    parts = asked.split("/")[::-1]  # what it is called stands last
    names = [name for each in parts for name in get_close_matches(each, by_name, MOST, CLOSE)]
    alike = [near for name in names for near in by_name[name]]
    words = asked.replace("-", " ").replace("/", " ")
    holding = [_documented(hit.page) for hit in search(catalogue, words)]
    return list(dict.fromkeys([*alike, *holding]))[:MOST]


@blueprint.errorhandler(NoSuchPage)
def no_such_page(error: NoSuchPage) -> Response:
    """The way on among the documentation, with its navigation."""
    catalogue = published(services().settings)
    near, id_ = nearest(catalogue, error.slug), edge.request_id(request.environ)
    if _reads_markdown():
        return _markdown(catalogue, near, id_)
    page = render_template(
        "docs/missing.html",
        nearest=near,
        sections=catalogue.sections(),
        request_id=id_,
    )
    answer = scripted(page, 404)
    answer.headers.update(_VARIES)
    return answer


@blueprint.app_errorhandler(404)
def no_such_address(_: NoRoute) -> ResponseReturnValue:
    """The same wherever nothing answers; what a view itself did not find is not guessed at."""
    path = request.path
    if path.startswith("/api/"):
        return edge.failure(404, "not_found", "Not Found", STATUSES[404].hint)
    if request.url_rule is not None:
        return edge.failure(404, "not_found", "Not Found", "Start at /docs.")
    if path.startswith("/docs/") and path.endswith("/"):
        query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
        return redirect(path.rstrip("/") + query, 308)
    catalogue = published(services().settings)
    near, id_ = nearest(catalogue, path.strip("/")), edge.request_id(request.environ)
    if _reads_markdown():
        return _markdown(catalogue, near, id_)
    facts = {"status": 404, "message": "Not Found", "hint": "", "request_id": id_}
    page = render_template("error.html", nearest=near, **facts)
    return page, 404, _VARIES


def _documented(page: Page) -> Near:
    path = f"/docs/{page.slug}"
    return Near(path, page.title, page.summary, f"{path}.md")


def _reads_markdown() -> bool:
    return request.path.endswith(".md") or wants_markdown()


def _markdown(catalogue: Catalogue, near: list[Near], request_id: str) -> Response:
    base = catalogue.base_url
    lines = [f"- [{each.title}]({base}{each.twin}): {each.summary}" for each in near]
    perhaps = ["Perhaps you meant:", "", *lines, ""] if lines else []
    way_on = [f"All pages: {base}/llms.txt", "", f"Status 404, request {request_id}", ""]
    text = "\n".join(["# There is no page at this address", "", *perhaps, *way_on])
    return Response(text, 404, _VARIES, content_type=MARKDOWN)
