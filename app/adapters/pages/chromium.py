"""Looks at a page in a Chromium of its own: what visitors get, and where it stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from app.adapters.fetch.network import Deadline
from app.adapters.pages import layout
from app.adapters.pages.browser import Looked
from app.adapters.pages.devtools import DevTools, Hung, Refused
from app.adapters.pages.process import chromium
from app.adapters.pages.proxy import Ways, proxy
from app.domain.fetching import NotFetched
from app.domain.pages.refusals import COPY, NotAPage, UrlUnreachable, VisualUnavailable

SECONDS = 20.0
DESK = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}

_LOADED_S, _QUIET_S, _TURNED_S = 8.0, 3.0, 1.0
_TRIES = 3
_QUALITY, _LARGEST = 60, 700_000  # percent; letters of base64
_MEASURE = Path(__file__).with_name("measure.js")
_STATUS = "(performance.getEntriesByType('navigation')[0] || {}).responseStatus || 0"
_HTML = "document.documentElement.outerHTML.slice(0, 2000000)"


class Chromium:
    """Looks at pages; tests hand in how the web is reached, and how long it may take."""

    def __init__(
        self, ways: Callable[[Deadline], Ways], *, seconds: float = SECONDS, sandbox: bool = True
    ) -> None:
        self._ways = ways
        self._seconds = seconds
        self._sandbox = sandbox

    def look(self, program: str, url: str) -> Looked:
        """The page at an address, or PageRefused."""
        try:
            with self._opened(program) as tools:
                return _look(tools, url)
        except NotFetched:
            raise UrlUnreachable(
                "The page did not come to rest in a browser.", hint=COPY, reason="timeout"
            ) from None
        except (Hung, Refused, OSError) as error:
            raise VisualUnavailable("The browser could not be started.", hint=COPY) from error

    @contextmanager
    def _opened(self, program: str) -> Iterator[DevTools]:
        """A conversation with a browser that knows nobody."""
        deadline = Deadline(self._seconds)
        with (
            TemporaryDirectory(prefix="polis-look-", ignore_cleanup_errors=True) as home,
            proxy(self._ways(deadline)) as port,
            chromium(which(program) or program, home, port, sandbox=self._sandbox) as pipes,
        ):
            yield DevTools(*pipes, deadline)


def _look(tools: DevTools, url: str) -> Looked:
    tools.ask("Browser.setDownloadBehavior", behavior="deny")
    tools.attach(tools.ask("Target.createTarget", url="about:blank")["targetId"])
    tools.ask("Page.enable")
    tools.ask("Page.setLifecycleEventsEnabled", enabled=True)
    tools.ask("Network.enable")
    tools.ask("Network.setBypassServiceWorker", bypass=True)
    tools.ask("Emulation.setDeviceMetricsOverride", **DESK)
    opened = tools.ask("Page.navigate", url=url)
    if opened.get("errorText"):
        raise UrlUnreachable("The page does not open in a browser.", hint=COPY, reason="browser")
    if tools.wait_for("Page.loadEventFired", _LOADED_S):
        tools.wait_for("Page.lifecycleEvent", _QUIET_S, name="networkIdle")
    status = _run(tools, _STATUS)
    if status not in {0, 200}:
        sentence = f"The address answers {status} to a browser."
        raise UrlUnreachable(sentence, hint=COPY, reason="status")
    html, wide = _run(tools, _HTML), _run(tools, _measuring())
    picture = _picture(tools)
    tools.ask("Emulation.setDeviceMetricsOverride", **PHONE)
    tools.wait_for("Page.lifecycleEvent", _TURNED_S, name="networkIdle")
    phone = _run(tools, _measuring())
    found = layout.findings(wide, phone)
    felt = tuple((one.kind, one.strength) for one in found)
    return Looked(str(html), layout.notes(wide, phone, found), picture, felt)


def _picture(tools: DevTools) -> str:
    """The first screen as its visitors see it; a page that cannot be pictured can still be read."""
    with suppress(Refused):
        data = str(tools.ask("Page.captureScreenshot", format="jpeg", quality=_QUALITY)["data"])
        return data if len(data) <= _LARGEST else ""
    return ""


def _run(tools: DevTools, expression: str) -> Any:
    """The value of an expression; asked again where the page moved on in between."""
    for _ in range(_TRIES):
        with suppress(Refused):
            return _evaluated(tools, expression)
    raise NotAPage("The page does not hold still in a browser.", hint=COPY)


def _evaluated(tools: DevTools, expression: str) -> Any:
    """What an expression of ours gives in a world the page's own scripts cannot reach into."""
    frame = tools.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = tools.ask("Page.createIsolatedWorld", frameId=frame, worldName="polis")
    told = tools.ask(
        "Runtime.evaluate",
        expression=expression,
        contextId=world["executionContextId"],
        returnByValue=True,
    )
    if "exceptionDetails" in told:
        raise NotAPage("The layout of this page cannot be measured.", hint=COPY)
    return told["result"].get("value")


@cache
def _measuring() -> str:
    return _MEASURE.read_text(encoding="utf-8")
