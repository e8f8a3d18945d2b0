"""The pages there are, in order, each rendered from its Markdown and the facts."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from app.docs.facts import facts
from app.settings import Settings

SECTIONS = ("Start", "Connect", "Reference", "Operate")

_PAGES = Path(__file__).parent / "pages"
_FURTHER = "Operate"  # what an agent can do without


@dataclass(frozen=True, slots=True)
class Page:
    """A page's front matter and its text, facts not yet filled in."""

    slug: str
    title: str
    summary: str
    section: str
    order: int
    text: str

    @property
    def optional(self) -> bool:
        """Whether a reader in a hurry may leave it out."""
        return self.section == _FURTHER


class Catalogue:
    """Finds and renders pages; an undefined fact fails rather than staying blank."""

    def __init__(self, settings: Settings) -> None:
        self.pages = sorted(
            map(_load, _PAGES.glob("*.md")),
            key=lambda page: (SECTIONS.index(page.section), page.order),
        )
        self.base_url = settings.base_url
        self._by_slug = {page.slug: page for page in self.pages}
        self._settings = settings
        self._rendered: dict[str, str] = {}

    def page(self, slug: str) -> Page | None:
        """The page of this name."""
        return self._by_slug.get(slug)

    def text(self, page: Page) -> str:
        """A page's Markdown below its title, facts filled in."""
        if page.slug not in self._rendered:
            body = _ENVIRONMENT.from_string(page.text).render(facts(self._settings))
            self._rendered[page.slug] = body.strip()
        return self._rendered[page.slug]

    def sections(self) -> list[tuple[str, list[Page]]]:
        """The pages as the navigation shows them."""
        return [(name, [page for page in self.pages if page.section == name]) for name in SECTIONS]


def _cell(text: object) -> str:
    """Text for a table's cell, where a bar would end it."""
    return str(text).replace("|", r"\|")


def _load(path: Path) -> Page:
    head, _, text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    matter = dict(line.split(": ", 1) for line in head.splitlines())
    return Page(
        slug=path.stem,
        title=matter["title"],
        summary=matter["summary"],
        section=matter["section"],
        order=int(matter["order"]),
        text=text,
    )


_ENVIRONMENT = Environment(
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 # Markdown, not HTML; our own pages and facts only
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["cell"] = _cell
