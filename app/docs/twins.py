"""The documentation for readers that take Markdown: each page's twin, the index, all in one."""

from collections.abc import Iterable

from app.docs import about
from app.docs.catalogue import Catalogue, Page
from app.domain import plans
from app.domain.pages import KINDS

BETWEEN = "\n\n"  # two twins of llms-full.txt

_ABOUT = (
    f"Send a draft ({KINDS}) over MCP. A panel of {plans.MIN_PERSONAS} to {plans.MAX_PERSONAS} "
    "synthetic people reads it and reacts; you get segments, frictions with quotes, a rewrite and "
    "answers to follow-up questions. Tokens are prepaid and priced before anything starts."
)


def twin(catalogue: Catalogue, page: Page) -> str:
    """A page as Markdown, between the way to the index and the list of all pages."""
    return "\n".join(
        [
            *_head(catalogue),
            f"# {page.title}",
            "",
            catalogue.text(page),
            "",
            *_dated(page),
            *_foot(catalogue, page.slug),
        ]
    )


def index(catalogue: Catalogue) -> str:
    """The index of all pages as a page of its own."""
    return "\n".join([*_head(catalogue), "# Polis documentation", "", *_foot(catalogue, "")])


def llms(catalogue: Catalogue) -> str:
    """`llms.txt` in the form of llmstxt.org: what this is, then every page with its sentence."""
    parts = [
        f"# {about.TITLE}",
        f"> {about.DESCRIPTION}",
        _ABOUT,
        f"MCP endpoint: {catalogue.base_url}/mcp (Streamable HTTP; OAuth, or an API key as "
        "bearer).",
    ]
    for name, pages in catalogue.sections():
        needed = [page for page in pages if not page.optional]
        if needed:
            parts.append("\n".join([f"## {name}", "", *_links(catalogue, needed)]))
    further = [page for page in catalogue.pages if page.optional]
    whole = f"- [Everything in one file]({catalogue.base_url}/llms-full.txt): all pages, joined"
    parts.append("\n".join(["## Optional", "", *_links(catalogue, further), whole]))
    return "\n\n".join(parts) + "\n"


def llms_full(catalogue: Catalogue) -> str:
    """Every twin, one after the other."""
    return BETWEEN.join(twin(catalogue, page) for page in catalogue.pages)


def _head(catalogue: Catalogue) -> list[str]:
    base = catalogue.base_url
    return [
        f"> Full machine-readable index: {base}/llms.txt",
        "",
        f"[Polis]({base}/) · [All docs]({base}/docs.md) · [llms.txt]({base}/llms.txt) · "
        f"[llms-full.txt]({base}/llms-full.txt)",
        "",
    ]


def _dated(page: Page) -> list[str]:
    """On which day the page last changed, below its text."""
    return [] if page.updated is None else [f"Last changed {page.updated:%-d %B %Y}", ""]


def _foot(catalogue: Catalogue, here: str) -> list[str]:
    base = catalogue.base_url
    return [
        "---",
        "",
        "## All docs",
        "",
        *_links(catalogue, catalogue.pages, here),
        "",
        f"- [All docs]({base}/docs.md)",
        f"- [llms.txt]({base}/llms.txt)",
        f"- [llms-full.txt]({base}/llms-full.txt)",
        "",
    ]


def _links(catalogue: Catalogue, pages: Iterable[Page], here: str = "") -> list[str]:
    return [
        f"- [{page.title}]({catalogue.base_url}/docs/{page.slug}.md): {page.summary}"
        + (" (you are here)" if page.slug == here else "")
        for page in pages
    ]
