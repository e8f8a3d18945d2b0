"""Every address of ours that a page or a letter names is there."""

import re

import pytest

from app.domain.letters import LETTERS
from tests.house.source import ROOT

DOCS = {path.stem for path in (ROOT / "app/docs/pages").glob("*.md")}


def named() -> set[str]:
    """Whole addresses: those with something filled in are their views' own tests."""
    letters = "\n".join(letter.words for letter in LETTERS.values())
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "app/templates").rglob("*.html"))
    return {
        *re.findall(r"\{base_url\}(/[\w/.-]+)", letters),
        *re.findall(r'(?:href|action)="(/[\w/.-]*)["?#]', pages),
    }


@pytest.mark.parametrize("path", sorted(named()))
def test_an_address_that_is_named_is_there(app, path):
    adapter = app.url_map.bind("127.0.0.1")
    verbs = ("GET", "POST")  # a form's own address takes no other
    assert any(adapter.test(path.rstrip("/") + end, verb) for verb in verbs for end in ("", "/"))
    if path.startswith("/docs/") and path != "/docs/search":
        assert path.removeprefix("/docs/").removesuffix(".md") in DOCS
