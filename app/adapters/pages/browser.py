"""Whether there is a browser to look at pages with; the web asks, and workers look."""

from collections.abc import Callable, Sequence
from shutil import which
from typing import NamedTuple, Protocol

from app.domain.pages.refusals import COPY, VisualUnavailable
from app.domain.panel.shapes import Layout

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Looked(NamedTuple):
    """A page as its visitors get it, scripts run, and what its layout shows."""

    html: str
    notes: tuple[str, ...]
    picture: str = ""  # its first screen, a JPEG in base64; empty where none could be taken
    layout: Layout = ()  # what its readers feel of it


class Browser(Protocol):
    """Looks at pages."""

    def refusal(self) -> str:
        """Why it cannot, in a sentence; empty where it can."""

    def look(self, url: str) -> Looked:
        """The page at an address that was fetched before, or PageRefused."""


class LocalBrowser:
    """The browser of this machine, if it has one; each look is a process of its own."""

    def __init__(
        self,
        look: Callable[[str, str], Looked],
        *,
        programs: Sequence[str] = PROGRAMS,
        barred: str = "",
    ) -> None:
        self._look = look
        self._programs = programs
        self._barred = barred  # why it is not started though it is there

    def refusal(self) -> str:
        if not self._program():
            return "This installation has no browser to look at pages with."
        return self._barred

    def look(self, url: str) -> Looked:
        why = self.refusal()
        if why:
            raise VisualUnavailable(why, hint=COPY)
        return self._look(self._program(), url)

    def _program(self) -> str:
        return next(filter(None, map(which, self._programs)), "")
