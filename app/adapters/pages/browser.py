"""What looks at pages: none where there is nothing to look with."""

from typing import NamedTuple, Protocol

from app.domain.pages.refusals import COPY, VisualUnavailable


class Looked(NamedTuple):
    """A page as its visitors get it, scripts run, and what its layout shows."""

    html: str
    notes: tuple[str, ...]


class Browser(Protocol):
    """Looks at pages."""

    def refusal(self) -> str:
        """Why it cannot, in a sentence; empty where it can."""

    def look(self, url: str) -> Looked:
        """The page at an address that was fetched before, or PageRefused."""


class NoBrowser:
    """There is none here."""

    def refusal(self) -> str:
        return "This installation has no browser to look at pages with."

    def look(self, url: str) -> Looked:  # noqa: ARG002 # whichever it is
        raise VisualUnavailable(self.refusal(), hint=COPY)
