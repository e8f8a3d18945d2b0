"""Where one can go and what one can start, as far as a role reaches."""

from typing import NamedTuple

from app.domain.rights import Right
from app.web import nav
from app.web.nav import Entry
from app.web.place import Place

ACTIONS = (
    Entry("Test a text", "/app/new", Right.RUN),
    Entry("Compare variants", "/app/compare", Right.RUN),
    Entry("Make a key", "/app/keys#new", Right.OWN_KEYS),
    Entry("Save an audience", "/app/audiences#new", Right.RUN),
    Entry("Call a tool", "/app/playground", Right.RUN),
    Entry("Check the connectors", "/app/check", Right.OWN_CONNECTIONS),
    Entry("Connect an assistant", "/app/start"),
    Entry("Read the docs", "/docs"),
)


class Hit(NamedTuple):
    """One thing that was found."""

    name: str
    path: str
    detail: str = ""
    keys: str = ""


class Found(NamedTuple):
    """Things of one kind."""

    name: str
    hits: tuple[Hit, ...]


def found(place: Place, words: str) -> list[Found]:
    """The pages and actions whose names hold every word."""
    pages = (entry for group in nav.GROUPS for entry in group.entries)
    kinds = (("Go to", tuple(pages)), ("Start", ACTIONS))
    wanted = words.lower().split()
    return [
        Found(kind, tuple(_hit(each) for each in entries if _fits(place, each, wanted)))
        for kind, entries in kinds
    ]


def _fits(place: Place, entry: Entry, wanted: list[str]) -> bool:
    name = entry.name.lower()
    return place.may(entry.right) and all(word in name for word in wanted)


def _hit(entry: Entry) -> Hit:
    return Hit(entry.name, entry.path, keys=entry.keys)
