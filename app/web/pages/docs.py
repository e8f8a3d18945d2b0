"""The documentation: for people, for models, and for both at one address."""

from collections.abc import Callable
from functools import cache

from flask import Response, abort, render_template, request

from app.docs import twins
from app.docs.catalogue import Catalogue, Page
from app.settings import Settings
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
    return answered(_twin(services().settings, slug))


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What a model reads first."""
    return answered(_whole(services().settings, twins.llms))


@blueprint.get("/llms-full.txt")
def llms_full() -> Response:
    """Everything at once."""
    return answered(_whole(services().settings, twins.llms_full))


def _in_both(slug: str, twin: str) -> Response:
    """`Accept` chooses; the other form is named (RFC 8288)."""
    settings = services().settings
    link = f'<{settings.base_url}{twin}>; rel="alternate"; type="text/markdown"'
    wanted = request.accept_mimetypes.best_match(["text/html", "text/markdown"], "text/html")
    found = _twin(settings, slug) if wanted == "text/markdown" else _page(settings, slug)
    return answered(found, Vary="Accept", Link=link)


_catalogue = cache(Catalogue)


def _found(settings: Settings, slug: str) -> Page:
    page = _catalogue(settings).page(slug)
    if page is None:
        abort(404)
    return page


@cache
def _twin(settings: Settings, slug: str) -> Text:
    catalogue = _catalogue(settings)
    found = twins.twin(catalogue, _found(settings, slug)) if slug else twins.index(catalogue)
    return text(found, MARKDOWN)


@cache
def _whole(settings: Settings, made: Callable[[Catalogue], str]) -> Text:
    return text(made(_catalogue(settings)), "text/plain; charset=utf-8")


@cache
def _page(settings: Settings, slug: str) -> Text:
    catalogue = _catalogue(settings)
    if not slug:
        return text(render_template("docs_index.html", sections=catalogue.sections()), HTML)
    from app.docs.html import headings, html  # noqa: PLC0415 # 60 ms of a start

    page = _found(settings, slug)
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
