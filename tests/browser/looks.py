"""What a page is checked for in a browser: accessibility, room, and what the browser complains of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).parents[1] / "clients/node_modules/axe-core/axe.min.js"
WIDTHS = (320, 1280)
THEMES = ("light", "dark")

_RUN_AXE = """async () => {
  const found = await axe.run(document, {preload: false, resultTypes: ["violations"]});
  return found.violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
}"""
_COLOURS = _RUN_AXE.replace("document, {", 'document, {runOnly: ["color-contrast"], ')
_TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().left + each.scrollWidth > page.clientWidth)
    .map((each) => `too wide: ${each.tagName.toLowerCase()}.${each.className}`);
}"""

_HOLD = """async () => {
  window.held = [];
  window.hold = (event) => { event.preventDefault(); window.held.push(event.detail); };
  document.addEventListener("htmx:confirm", window.hold);
  while (document.querySelector(".htmx-request")) await new Promise(requestAnimationFrame);
}"""
_LET_GO = """() => {
  document.removeEventListener("htmx:confirm", window.hold);
  window.held.forEach((each) => each.issueRequest());
}"""
_STATUS = re.compile("status of (4|503)")  # `/status` says that nobody takes up tests


class Complaints(list[str]):
    """What the browser complained of: refused by policy, missing, or failed."""

    def of(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        itself = message.page is not None and message.location["url"] == message.page.url
        is_status = itself and _STATUS.search(message.text)  # of the page that was asked for
        if message.type in {"error", "warning"} and not is_status:
            self.append(f"{message.location['url']}: {message.text}")


def faults(page: Page) -> list[str]:
    """Violations axe finds on the page as it is, and what stands out of it sideways."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    with _standing_still(page):
        found: list[str] = page.evaluate(_RUN_AXE) + page.evaluate(_TOO_WIDE)
    return found


@contextmanager
def _standing_still(page: Page) -> Iterator[None]:
    """A page that follows something asks again after it was looked at, not meanwhile."""
    page.evaluate(_HOLD)
    try:
        yield
    finally:
        page.evaluate(_LET_GO)


def faults_in_the_other_light(page: Page) -> list[str]:
    """What axe finds of colours alone once the person's theme is the other one."""
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    mine, other = ("dark", "light") if is_dark else ("light", "dark")
    page.emulate_media(color_scheme=other, reduced_motion="reduce")
    found: list[str] = page.evaluate(_COLOURS)
    page.emulate_media(color_scheme=mine, reduced_motion="null")
    return [f"{other}: {each}" for each in found]
