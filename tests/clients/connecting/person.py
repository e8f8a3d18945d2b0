"""A verified person with a real browser, who signs in once and approves what clients ask for."""

import re
import socket
from threading import Event
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Page

WITHIN_MS = 20_000


class Person:
    """The demo's owner in one browser context, which stays signed in; scripts are off."""

    def __init__(self, context: BrowserContext, base: str, demo: dict[str, Any]) -> None:
        context.set_default_timeout(WITHIN_MS)
        self._context = context
        self._base = base
        self._demo = demo

    def approve(self, url: str) -> dict[str, str]:
        """Open what a client handed out and approve; what the browser brought to the client."""
        page = self._context.new_page()
        page.goto(url)
        if urlsplit(page.url).path == "/login":
            self._sign_in(page)
        approve = page.get_by_role("button", name="Approve")
        approve.wait_for()
        _until_heard(query(url)["redirect_uri"])
        approve.click()
        page.wait_for_url(re.compile(f"^(?!{re.escape(self._base)}/)"))
        brought = query(page.url)
        page.close()
        return brought

    def _sign_in(self, page: Page) -> None:
        page.get_by_label("Email").fill(self._demo["email"])
        page.get_by_label("Password", exact=True).fill(self._demo["password"])
        page.keyboard.press("Enter")


def query(url: str) -> dict[str, str]:
    """The parameters of a URL, each of them once."""
    pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing=True)
    assert len(dict(pairs)) == len(pairs), url
    return dict(pairs)


def _until_heard(callback: str) -> None:
    """Clients hand their address out and then begin to listen: a person is slower than that."""
    address, pause = (urlsplit(callback).hostname, urlsplit(callback).port), Event()
    for _ in range(WITHIN_MS // 50):
        try:
            socket.create_connection(address, timeout=1).close()
        except OSError:
            pause.wait(0.05)
        else:
            return
    raise AssertionError(f"nobody listens at {callback}")
