"""The documentation: for people, for models, and for both at one address."""

from functools import cache

from flask import Response, abort, render_template, request

from app.docs import twins
from app.docs.catalogue import Catalogue, Page
from app.web.pages import blueprint
from app.web.pages.texts import HTML, MARKDOWN, Text, answered, text
from app.web.services import services


@blueprint.get("/docs")
def docs_index() -> Response:
    """Every page, with its sentence."""
    return _in_both("", "/docs.md")


@blueprint.get("/docs/<slug>")
def docs_page(slug: str) -> Response:
    """A page for people, or its twin where Markdown is asked for."""
    return _in_both(slug, f"/docs/{slug}.md")


@blueprint.get("/docs.md", defaults={"slug": ""})
@blueprint.get("/docs/<slug>.md")
def docs_markdown(slug: str) -> Response:
    """A page as Markdown."""
    return answered(_twin(_base(), slug))


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What a model reads first."""
    return answered(_whole(_base(), "llms"))


@blueprint.get("/llms-full.txt")
def llms_full() -> Response:
    """Everything at once."""
    return answered(_whole(_base(), "llms_full"))


def _in_both(slug: str, twin: str) -> Response:
    """`Accept` chooses; the other form is named (RFC 8288)."""
    link = f'<{_base()}{twin}>; rel="alternate"; type="text/markdown"'
    wanted = request.accept_mimetypes.best_match(["text/html", "text/markdown"], "text/html")
    found = _twin(_base(), slug) if wanted == "text/markdown" else _page(_base(), slug)
    return answered(found, Vary="Accept", Link=link)


def _base() -> str:
    return services().settings.base_url


@cache
def _catalogue(_base_url: str) -> Catalogue:
    return Catalogue(services().settings)


def _found(base_url: str, slug: str) -> Page:
    page = _catalogue(base_url).page(slug)
    if page is None:
        abort(404)
    return page


@cache
def _twin(base_url: str, slug: str) -> Text:
    catalogue = _catalogue(base_url)
    found = twins.twin(catalogue, _found(base_url, slug)) if slug else twins.index(catalogue)
    return text(found, MARKDOWN)


@cache
def _whole(base_url: str, name: str) -> Text:
    return text(getattr(twins, name)(_catalogue(base_url)), "text/plain; charset=utf-8")


@cache
def _page(base_url: str, slug: str) -> Text:
    catalogue = _catalogue(base_url)
    if not slug:
        return text(render_template("docs_index.html", sections=catalogue.sections()), HTML)
    from app.docs.html import headings, html  # noqa: PLC0415 # 60 ms of a start

    page = _found(base_url, slug)
    markdown, place = catalogue.text(page), catalogue.pages.index(page)
    around = [None, *catalogue.pages, None]
    return text(
        render_template(
            "docs_page.html",
            page=page,
            body=html(markdown),
            here=headings(markdown),
            sections=catalogue.sections(),
            before=around[place],
            after=around[place + 2],
        ),
        HTML,
    )
