"""Somebody at a browser in front of a served installation; remembers every secret they met."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from threading import Event
from typing import NamedTuple
from urllib.parse import urlencode

from tests.served import Served
from tests.web.oauth.visitor import fields

_WAITS = 200  # tenths of a second


class Page(NamedTuple):
    """An answer."""

    status_code: int
    text: str
    headers: dict[str, str]


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_):
        return None


class Person:
    """One browser with its cookies."""

    def __init__(self, served: Served, box: Callable[[str], str] | None = None) -> None:
        self.served = served
        self._box = box or self._shown  # the letters of an address, the latest first
        self.met: dict[str, str] = {}  # every secret, and of which kind it is
        self.shown: set[str] = set()  # secrets a page has to show to be of use
        self.failed: list[Page] = []
        self._jar = CookieJar()
        cookies = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(cookies, _Stay)

    def open(self, path: str, form: dict | None = None, **headers: str) -> Page:
        """Ask for a page, or send a form."""
        data = None if form is None else urlencode(form, doseq=True).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.served.base + path, data, named)
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            page = Page(answer.status, answer.read().decode(), dict(answer.headers))
        self.keep("cookie", *(cookie.value for cookie in self._jar if cookie.value))
        self.failed += [page] if page.status_code >= 400 else []
        return page

    def fill(self, path: str, **typed: str) -> Page:
        """Open a page's form and send it filled in."""
        form = fields(self.open(path))
        shown = {form[name] for name in ("csrf_token", "form") if name in form}
        self.keep("form token", *shown)
        self.shown |= shown
        return self.open(path.partition("?")[0], {**form, **typed})

    def press(self, at: str, path: str, **typed: str | list[str]) -> Page:
        """Send a form of a page that has several: by its own address, with the page's token."""
        token = fields(self.open(at))["csrf_token"]
        self.keep("form token", token)
        self.shown |= {token}
        return self.open(path, {"csrf_token": token, **typed})

    def link(self, email: str, subject: str, kind: str = "") -> str:
        """The path of the link in a letter of this subject, once the worker has written it."""
        pause = Event()
        for _ in range(_WAITS):
            box = self._box(email)
            found = re.search(rf"{subject}.*?(/(?:link|invite)/(polis_\w+))", box, re.DOTALL)
            if found:
                self.keep(f"link: {kind or subject}", found[2])
                return found[1]
            pause.wait(0.1)
        raise AssertionError(f"No letter about {subject!r} came: {box[-800:]}")

    def _shown(self, email: str) -> str:
        """As an installation shows them that has no mail server."""
        return self.open(f"/dev/mail?{urlencode({'to': email})}").text

    def keep(self, kind: str, *secrets: str) -> None:
        """Remember what was told here or elsewhere."""
        self.met |= dict.fromkeys(secrets, kind)
