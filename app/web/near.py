"""Pages somebody may have meant who came to an address where nothing is."""

from difflib import get_close_matches
from typing import NamedTuple

from app.web import nav
from app.web.place import Place

MOST = 4
CLOSE = 0.5


class Near(NamedTuple):
    """A page somebody may have meant; `twin` is it as Markdown, where there is that."""

    path: str
    title: str
    summary: str = ""
    twin: str = ""


def in_dashboard(place: Place, asked: str) -> list[Near]:
    """The pages of the dashboard, among those a role opens, that are called most like it."""
    by_name: dict[str, Near] = {}
    for entry in (each for group in nav.GROUPS for each in group.entries):
        if place.may(entry.right):
            near = Near(entry.path, entry.name)
            by_name[entry.name.lower().replace(" ", "-")] = near
            by_name[entry.path.rpartition("/")[2] or "app"] = near
    parts = asked.lower().strip("/").split("/")[:0:-1]  # what it is called stands last
    names = [name for each in parts for name in get_close_matches(each, by_name, MOST, CLOSE)]
    return list(dict.fromkeys(by_name[name] for name in names))[:MOST]
