"""Every link of every page is followed, a stranger's and an owner's: each leads to something."""

import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from app.docs.html import headings
from tests.web.account.browser import BASE, Visitor
from tests.web.organization.work import agent
from tests.web.team.people import Team
from tests.web.test_rights_of_routes import things

MOST = 1_500  # pages of a walk; what is longer never ends
FIRST = ("/", "/docs.md", "/llms.txt", "/llms-full.txt", "/sitemap.xml", "/nowhere", "/status")
AWAY = ("/status", "/readyz")  # they say that nobody takes up work here, which is so
WRITTEN = {"text/markdown", "text/plain", "application/xml", "text/xml"}
_NAMED = re.compile(r"\]\(([^)\s]+)\)|<loc>([^<]+)</loc>")


class Page(HTMLParser):
    """Where a page leads, and the places it can be entered at."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.leads: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        told = dict(attrs)
        self.places |= {told["id"]} if told.get("id") else set()
        self.leads += [told[name] for name in ("href", "src") if told.get(name)]


def read(answer) -> Page:
    """An answer's links and places, in whichever form it is written."""
    page = Page(answer.text if answer.mimetype == "text/html" else "")
    if answer.mimetype in WRITTEN:
        page.leads = [one or other for one, other in _NAMED.findall(answer.text)]
        page.places = {anchor for anchor, _ in headings(answer.text)}
    if answer.location:
        page.leads.append(answer.location)
    return page


def ours(address: str, at: str) -> str:
    """The path of a link where it is one of ours, and nothing where it leads elsewhere."""
    whole = urlsplit(urljoin(f"{BASE}{at}", address))
    if f"{whole.scheme}://{whole.netloc}" != BASE:
        return ""
    return whole._replace(scheme="", netloc="").geturl()


def walked(visitor, first) -> tuple[dict[str, str], int]:
    """Each link that leads nowhere with the page it stands on; and how many pages were read."""
    named, pages, broken = dict.fromkeys(first, "nowhere else"), {}, {}
    waiting = deque(first)
    while waiting:
        path = waiting.popleft()
        answer = visitor.open(path)
        pages[path] = read(answer)
        answer.close()
        fine = answer.status_code < 400 or path in (*first, *AWAY)
        if not fine:
            broken[path] = f"{answer.status_code}, from {named[path]}"
        for address in pages[path].leads:
            whole = urldefrag(ours(address, path)).url
            if whole and whole not in named:
                named[whole] = path
                waiting.append(whole)
        assert len(pages) < MOST
    return broken | misplaced(pages), len(pages)


def misplaced(pages: dict[str, Page]) -> dict[str, str]:
    """Links to a place of a page that the page has not."""
    found = {}
    for path, page in pages.items():
        for address in page.leads:
            whole, place = urldefrag(ours(address, path))
            there = pages.get(whole)
            if place and there and there.places and unquote(place) not in there.places:
                found[f"{whole}#{place}"] = f"no such place, from {path}"
    return found


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_r19_every_link_a_stranger_meets_leads_somewhere(polis, measured):
    broken, pages = walked(Visitor(polis), FIRST)
    measured("R19", "links that lead nowhere", len(broken))
    assert broken == {}
    assert pages > 60


@pytest.mark.parametrize("standing", ["sqlite"], indirect=True)
def test_r19_every_link_an_owner_meets_leads_somewhere(polis, measured):
    there = Team(polis)
    things(there)
    program = agent(there)
    for number in range(3):
        run_id = polis.complete_run(program, label=f"Draft {number}")
    polis.complete_comparison(program)
    program.call("polis_ask", run_id=run_id, target="panel", question="Why?")
    program.call("polis_test", content_type="text", content="Hello", persona_count=10)
    broken, pages = walked(there.owner, ("/app/",))
    measured("R19", "links that lead nowhere", len(broken))
    assert broken == {}
    assert pages > 100
