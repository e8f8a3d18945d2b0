"""The documentation's pages, as text for now."""

from functools import cache

from flask import Response, abort, render_template

from app.docs.catalogue import Catalogue
from app.web.pages import blueprint
from app.web.services import services


@blueprint.get("/docs")
def docs_index() -> str:
    """Every page, with its sentence."""
    return render_template("docs_index.html", pages=_catalogue().pages)


@blueprint.get("/docs/<slug>.md")
def docs_markdown(slug: str) -> Response:
    """A page as Markdown."""
    return Response(_text(slug), content_type="text/markdown; charset=utf-8")


@blueprint.get("/docs/<slug>")
def docs_page(slug: str) -> str:
    """The same page for people."""
    text = _text(slug)
    title = {page.slug: page.title for page in _catalogue().pages}[slug]
    return render_template("docs_page.html", text=text, slug=slug, title=title)


def _text(slug: str) -> str:
    text = _catalogue().markdown(slug)
    if text is None:
        abort(404)
    return text


def _catalogue() -> Catalogue:
    return _kept(services().settings.base_url)


@cache
def _kept(_base_url: str) -> Catalogue:
    return Catalogue(services().settings)
