"""How long something lasts is known where it ends: no page says it by itself."""

import re

from app.domain.letters import LETTERS
from tests.house.source import APP

COUNTED = re.compile(
    r"\b(?:\d+|two|three|five|seven|ten|thirty) days\b|\b(?:\d+|ten) (?:new |recovery )?codes\b"
    r"|\bof the (?:\d+|ten) you\b|\bof 10 (?:left|are left)\b",
    re.IGNORECASE,
)
CHOSEN = {  # days that somebody chooses, each beside its value
    "apps/developer/app.html", "apps/developer/form.html", "keys/parts.html", "overview/runs.html",
}  # fmt: skip


def test_no_page_says_by_itself_how_long_or_how_much_is_kept():
    folder = APP / "templates"
    pages = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    counted = {
        name: found
        for name, path in pages.items()
        if name not in CHOSEN and not name.startswith("dev/")
        if (found := COUNTED.findall(path.read_text(encoding="utf-8")))
    }
    assert len(pages) > 100
    assert counted == {}


def test_no_letter_says_by_itself_how_long_its_link_works():
    works = re.compile(r"link\s+works once, for ([^:]+):")
    told = {name: works.findall(letter.words) for name, letter in LETTERS.items() if letter.link}
    assert len(told) > 5
    assert told == {name: ["{life}"] for name in told}
