"""The pages there are, in order, each rendered from its Markdown and the facts."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from app.docs.facts import facts
from app.settings import Settings

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A page's front matter and its text, facts not yet filled in."""

    slug: str
    title: str
    summary: str
    order: int
    text: str


class Catalogue:
    """Finds and renders pages; an undefined fact fails rather than staying blank."""

    def __init__(self, settings: Settings) -> None:
        self.pages = sorted(map(_load, _PAGES.glob("*.md")), key=lambda page: page.order)
        self._by_slug = {page.slug: page for page in self.pages}
        self._settings = settings
        self._rendered: dict[str, str] = {}

    def markdown(self, slug: str) -> str | None:
        """A page as Markdown with its facts, or None where there is no such page."""
        page = self._by_slug.get(slug)
        if page is None:
            return None
        if slug not in self._rendered:
            self._rendered[slug] = self._render(page)
        return self._rendered[slug]

    def _render(self, page: Page) -> str:
        environment = Environment(
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 # Markdown, not HTML; our own pages and facts only
            trim_blocks=True,
            lstrip_blocks=True,
        )
        body = environment.from_string(page.text).render(facts(self._settings))
        return f"# {page.title}\n\n{body.strip()}\n"


def _load(path: Path) -> Page:
    head, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    matter = dict(line.split(": ", 1) for line in head.splitlines())
    return Page(path.stem, matter["title"], matter["summary"], int(matter["order"]), text)
