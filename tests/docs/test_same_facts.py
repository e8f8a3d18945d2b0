"""A page says the same figures to people and to models: as HTML, as its twin, and in the whole."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from app.docs.catalogue import Catalogue
from tests.tools.installation import polis, standing

__all__ = ["polis", "standing"]

PAGES = [page.slug for page in Catalogue("", dict).pages]
INLINE = {"a", "b", "code", "em", "span", "strong"}  # a figure may begin in one and end in another
BESIDE = {"svg", "time"}  # a drawing, whose words stand below it; when the page was changed
BASE = "http://127.0.0.1:8000"
_FIGURE = re.compile(r"\$?\d[\d,.:]*\d|\$?\d")
# Where a link leads, and the number of an item or a heading.
_NO_TEXT = re.compile(r"\]\([^)\s]*\)|^(?:#+ )?\s*\d+\. ", re.MULTILINE)


class _Article(HTMLParser):
    """The text of a page's article, without what only stands beside it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.told: list[str] = []
        self.depth, self.shut = 0, False
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.shut = self.shut or (tag in BESIDE and self.depth > 0)
        self.told += [] if tag in INLINE else ["\n"]
        if tag == "article" or self.depth:
            self.depth += tag not in {"br", "img", "input", "hr", "path", "use", "wbr", "source"}

    def handle_endtag(self, tag) -> None:
        self.told += [] if tag in INLINE else ["\n"]
        self.shut = self.shut and tag not in BESIDE
        self.depth -= bool(self.depth) and tag not in {"path", "use"}

    def handle_data(self, data) -> None:
        if self.depth and not self.shut:
            self.told.append(data)

    @property
    def text(self) -> str:
        return "".join(self.told)


def figures(text: str) -> Counter[str]:
    return Counter(_FIGURE.findall(text))


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
@pytest.mark.parametrize("slug", PAGES)
def test_r19_every_figure_of_a_page_stands_in_each_of_its_forms(polis, slug):
    http = polis.app.test_client()
    shown, twin, whole = (
        http.get(path, base_url=BASE).text
        for path in (f"/docs/{slug}", f"/docs/{slug}.md", "/llms-full.txt")
    )
    assert twin.strip() in whole
    page = twin.partition("\n# ")[2].rpartition("\n\nLast changed ")[0]
    written = set(figures(_NO_TEXT.sub("]", page)))
    read = set(figures(_NO_TEXT.sub("]", _Article(shown).text)))
    assert written - read == set()
    assert read - written == set()
