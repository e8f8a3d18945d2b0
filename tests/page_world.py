"""Pages of a made-up world, and an installation whose fetcher lives in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.adapters.pages.browser import LocalBrowser
from tests.adapters.fetch.wire import World, says, serving
from tests.tools.installation import Installation, running

SENTENCE = "Invoices that write themselves, for freelancers who would rather bill than type."
OFFER = f"""<!doctype html><html lang="en"><head><title>Acme</title></head><body>
<nav><a href="/">Home</a> <a href="/pricing">Pricing</a></nav>
<main><h1>Send invoices in a minute</h1><p>{SENTENCE}</p>
<p>It costs $9 a month, and 12,000 people use it.</p><a href="/start">Start free</a></main>
<footer>Imprint</footer></body></html>"""


NO_BROWSER = LocalBrowser(lambda *_: pytest.fail("There is none."), programs=())


def html(text: str, **more):
    """A page that answers at once with so much HTML."""
    return says(text.encode(), "text/html; charset=utf-8", **more)


def body(inner: str):
    """A page with this in its body, and a sentence that is long enough to be read."""
    return html(f"<html><body><h1>Heading</h1>{inner}<p>{SENTENCE}</p></body></html>")


@contextmanager
def world_of(pages: dict, names: dict | None = None) -> Iterator[World]:
    """A world of one site."""
    with serving(pages) as site:
        yield World(site, names)


@contextmanager
def living_in(world: World, polis: Installation, **more) -> Iterator[Installation]:
    """The same installation, with the web as it is in that world."""
    with running(replace(polis.services, fetcher=world.client(), **more)) as other:
        yield other


def test_of(url: str, **more):
    """Arguments of a test of a page."""
    return {"content_type": "url", "url": url, "persona_count": 10, **more}


test_of.__test__ = False
