"""The documentation's pages: for people, and as they are written."""

from functools import cache

from flask import Response, abort, render_template

from app.docs.catalogue import Catalogue
from app.docs.html import html
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
    title, _, body = _text(slug).partition("\n\n")
    return render_template(
        "docs_page.html",
        body=html(body),
        slug=slug,
        title=title.removeprefix("# "),
        pages=_catalogue().pages,
    )


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
