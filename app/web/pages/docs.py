"""The documentation: for people, for models, and for both at one address."""

from functools import cache
from urllib.parse import quote

from flask import Response, render_template

from app.docs import install, twins
from app.docs.catalogue import Page
from app.docs.published import published
from app.settings import Settings
from app.web.pages import blueprint
from app.web.pages.missing import found
from app.web.services import services
from app.web.texts import HTML, MARKDOWN, SCRIPTED, Text, answered, text, wants_markdown

_ASK = "Read {} and help me use it. Everything else: {}/llms.txt"


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


def lasting(settings: Settings) -> frozenset[str]:
    """Where the documentation is: the same bytes for everybody, as long as this process lives."""
    pages = [f"/docs/{page.slug}" for page in published(settings).pages]
    return frozenset(path + end for path in ("/docs", *pages) for end in ("", ".md"))


def _in_both(slug: str, twin: str) -> Response:
    """`Accept` chooses; the other form is named (RFC 8288)."""
    settings = services().settings
    link = f'<{settings.base_url}{twin}>; rel="alternate"; type="text/markdown"'
    given = _twin(settings, slug) if wants_markdown() else _page(settings, slug)
    return answered(given, **{"Vary": "Accept", "Link": link, "Content-Security-Policy": SCRIPTED})


@cache
def _twin(settings: Settings, slug: str) -> Text:
    catalogue = published(settings)
    made = twins.twin(catalogue, found(settings, slug)) if slug else twins.index(catalogue)
    return text(made, MARKDOWN)


@cache
def _page(settings: Settings, slug: str) -> Text:
    catalogue = published(settings)
    if not slug:
        return text(render_template("docs/index.html", sections=catalogue.sections()), HTML)
    from app.docs.html import headings, html  # noqa: PLC0415 # 60 ms of a start

    page = found(settings, slug)
    markdown, place = catalogue.text(page), catalogue.pages.index(page)
    around = [None, *catalogue.pages, None]
    return text(
        render_template(
            "docs/page.html",
            page=page,
            body=html(markdown),
            here=headings(markdown),
            sections=catalogue.sections(),
            before=around[place],
            after=around[place + 2],
            base_url=settings.base_url,
            install=install.links(f"{settings.base_url}/mcp"),
            open_in=_open_in(settings.base_url, page),
        ),
        HTML,
    )


def _open_in(base_url: str, page: Page) -> dict[str, str]:
    """Assistants that begin with a question given in their address."""
    ask = quote(_ASK.format(f"{base_url}/docs/{page.slug}.md", base_url))
    return {"claude": f"https://claude.ai/new?q={ask}", "chatgpt": f"https://chatgpt.com/?q={ask}"}
