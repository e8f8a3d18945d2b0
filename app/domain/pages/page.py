"""A page as a panel meets it."""

from typing import NamedTuple, Protocol

from app.domain.panel.shapes import Layout

LONGEST = 50_000  # characters of a page that are read, as of any text
PICTURE = "picture"  # where a run keeps it until it is over
LAYOUT = "layout"  # where a run keeps what its readers feel of it
LEAST = 40  # letters and digits without which there is nothing to read

CUT = f"The page is longer than {LONGEST:,} characters; the panel read its beginning."


class Page(NamedTuple):
    """What is read of a page, and what its report says of it."""

    url: str  # where it was found, after redirects
    text: str
    cut: bool  # whether there was more
    notes: tuple[str, ...] | None = None  # on its layout, where that was looked at
    picture: str = ""  # of its first screen, a JPEG in base64, where it was looked at
    layout: Layout = ()  # what its readers feel of it, where that was looked at


class Sight(Protocol):
    """Whether pages can be looked at from here."""

    def refusal(self) -> str:
        """Why not, in a sentence; empty where they can."""
