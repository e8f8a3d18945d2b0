"""The pages there are, in order, each rendered from its Markdown and the facts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

SECTIONS = ("Start", "Connect", "Reference", "Operate")

_HERE = Path(__file__).parent
_FURTHER = "Operate"  # what an agent can do without


@dataclass(frozen=True, slots=True)
class Page:
    """A page's front matter and its text, facts not yet filled in."""

    slug: str
    title: str
    summary: str
    section: str
    order: int
    updated: date | None  # when what it says last changed; None where an operator wrote it
    text: str
    also: str = ""  # words readers ask with that the page does not say

    @property
    def optional(self) -> bool:
        """Whether a reader in a hurry may leave it out."""
        return self.section == _FURTHER


class Catalogue:
    """Finds and renders pages; an undefined fact fails rather than staying blank."""

    def __init__(self, base_url: str, facts: Callable[[], dict[str, Any]]) -> None:
        self.pages = sorted(
            map(_load, (_HERE / "pages").glob("*.md")),
            key=lambda page: (SECTIONS.index(page.section), page.order),
        )
        self.base_url = base_url
        self._by_slug = {page.slug: page for page in self.pages}
        self._facts = facts
        self._rendered: dict[str, str] = {}

    def page(self, slug: str) -> Page | None:
        """The page of this name."""
        return self._by_slug.get(slug)

    def text(self, page: Page) -> str:
        """A page's Markdown below its title, facts filled in."""
        if page.slug not in self._rendered:
            self._rendered[page.slug] = self._filled_in(page.text).strip()
        return self._rendered[page.slug]

    def skill(self) -> str:
        """What an agent can do here, in the form agents load skills in."""
        return self._filled_in((_HERE / "skill.md").read_text(encoding="utf-8"))

    def start(self) -> str:
        """The shell script that gets a key."""
        return self._filled_in((_HERE / "start.sh").read_text(encoding="utf-8"))

    def statement(self, name: str, folder: Path) -> Page:
        """A page on privacy, terms or support: the operator's own where they wrote one."""
        theirs = folder / f"{name}.md"
        page = _load(theirs if theirs.is_file() else _HERE / "legal" / f"{name}.md")
        return replace(page, text=self._filled_in(page.text).strip())

    def sections(self) -> list[tuple[str, list[Page]]]:
        """The pages as the navigation shows them."""
        return [(name, [page for page in self.pages if page.section == name]) for name in SECTIONS]

    def _filled_in(self, text: str) -> str:
        return _ENVIRONMENT.from_string(text).render(self._facts())


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
        section=matter.get("section", ""),
        order=int(matter.get("order", "0")),
        updated=date.fromisoformat(matter["updated"]) if "updated" in matter else None,
        text=text,
        also=matter.get("also", ""),
    )


_ENVIRONMENT = Environment(
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 # Markdown, not HTML; our own pages and facts only
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["cell"] = _cell
