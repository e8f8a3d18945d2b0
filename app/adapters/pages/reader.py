"""Brings a page: fetched, found to be one, its text taken out and cut to what is read."""

import re

from app.adapters.pages import extraction, letters
from app.adapters.pages.browser import Browser
from app.adapters.pages.extraction import Extract
from app.domain.fetching import Because, Fetched, Fetcher, NotFetched
from app.domain.pages.page import LEAST, LONGEST, Page
from app.domain.pages.refusals import (
    SEND,
    NotAPage,
    PageRefused,
    PageTooLarge,
    UrlBlocked,
    UrlUnreachable,
)
from app.kit.plain import plain

MOST_BYTES = 2 * 1024 * 1024
SECONDS = 15.0
REDIRECTS = 5

_PLAIN = "text/plain"
_ACCEPT = ("text/html", "application/xhtml+xml", _PLAIN)
_LETTER = re.compile(r"\w")

# What came instead of a page, by the beginning of its content type.
_INSTEAD = {
    "application/pdf": "a PDF",
    "image/": "an image",
    "video/": "a video",
    "audio/": "a sound",
    "application/json": "data (JSON)",
    "text/csv": "a table (CSV)",
    "application/zip": "an archive",
    "application/msword": "a document of a word processor",
    "application/vnd.openxmlformats": "an office document",
}
# Why there is nothing to read, by what the page holds in its place.
_EMPTY = {
    "moves": "This page only leads on to another one.",
    "asks": "This page asks its visitors to sign in and shows nothing before.",
    "scripts": "This page shows no text until its scripts have run.",
    "": "There is next to no text on this page.",
}
_MEND = {
    "moves": f"Give the address it leads to. {SEND}",
    "scripts": f"{SEND} Where there is a browser, url_mode visual runs them.",
}


class Pages:
    """Reads pages for workers, outside any transaction."""

    def __init__(self, fetcher: Fetcher, browser: Browser) -> None:
        self._fetcher = fetcher
        self._browser = browser

    def read(self, url: str, mode: str) -> Page:
        """The page, or PageRefused; what cannot be fetched is not looked at either."""
        got = self._fetched(url)
        if mode == "visual":
            looked = self._browser.look(got.url)
            found = extraction.extract(looked.html)
            instead = "" if found.instead == "scripts" else found.instead  # they have run
            page = _page(got.url, found._replace(instead=instead), looked.notes)
            return page._replace(layout=looked.layout, picture=looked.picture)
        return _page(got.url, _extract(got), None)

    def _fetched(self, url: str) -> Fetched:
        try:
            return self._fetcher.get(
                url, accept=_ACCEPT, most_bytes=MOST_BYTES, seconds=SECONDS, redirects=REDIRECTS
            )
        except NotFetched as error:
            raise _refusal(error) from None


def _extract(got: Fetched) -> Extract:
    text = letters.decoded(got.body, got.charset)
    return Extract(text, "") if got.content_type == _PLAIN else extraction.extract(text)


def _page(url: str, found: Extract, notes: tuple[str, ...] | None) -> Page:
    """The page, cut to what is read; refused where there is nothing to read."""
    text = plain(found.text).strip()
    if len(_LETTER.findall(text[:LONGEST])) < LEAST:
        raise NotAPage(_EMPTY[found.instead], hint=_MEND.get(found.instead, SEND))
    return Page(url, text[:LONGEST].rstrip(), len(text) > LONGEST, notes)


def _refusal(error: NotFetched) -> PageRefused:
    if error.because == "content_type":
        return NotAPage(f"This address leads to {_instead(error.kind)}, not to a page.", hint=SEND)
    if error.because == "too_large":
        return PageTooLarge(
            f"The page has more than {MOST_BYTES // 1024**2} MiB.",
            hint="Send the part that matters as content_type markdown.",
        )
    if error.because in _NEVER:
        return UrlBlocked(error.sentence, hint=SEND)
    return UrlUnreachable(error.sentence, hint=f"Check the address. {SEND}", reason=error.because)


def _instead(kind: str) -> str:
    found = (told for beginning, told in _INSTEAD.items() if kind.startswith(beginning))
    return next(found, "a file" if kind else "something of no stated type")


_NEVER: tuple[Because, ...] = ("bad_address", "refused_address")
