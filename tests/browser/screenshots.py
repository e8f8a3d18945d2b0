"""A picture of every page, narrow and wide, light and dark: `make screenshots`, then look at them."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from app import bootstrap
from app.web import create_app
from tests.browser.looks import THEMES, WIDTHS
from tests.factories import settings_for
from tests.served import Served

EMAIL, PASSWORD = "kim@polis.localhost", "seven paper boats in harbour"
PUBLIC = ("/", "/pricing", "/docs", "/docs/quickstart", "/login", "/signup", "/forgot", "/support")
NOT_PAGES = (".csv", ".jsonl", ".md", ".json", "/set-up", "/options")


def main() -> None:
    build = Path(sys.argv[1])
    shutil.rmtree(build, ignore_errors=True)
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        with (
            Served(f"sqlite:///{folder / 'polis.db'}", folder) as served,
            sync_playwright() as tool,
        ):
            served.polis(
                "user", "create", "--email", EMAIL, "--password", PASSWORD, "--verified", "--sample-data",
            )  # fmt: skip
            browser = tool.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            paths = (*PUBLIC, *places(folder))
            for theme in THEMES:
                for width in WIDTHS:
                    shoot(browser, served.base, paths, build / f"{width}-{theme}")
            browser.close()
    print(f"{sum(1 for _ in build.rglob('*.png'))} pictures in {build}")


def places(folder: Path) -> list[str]:
    """Every page of the dashboard that takes no name."""
    settings = settings_for(f"sqlite:///{folder / 'polis.db'}", folder)
    rules = create_app(bootstrap.build(settings)).url_map.iter_rules()
    return sorted(
        rule.rule for rule in rules
        if rule.rule.startswith("/app/") and "GET" in rule.methods and not rule.arguments
        and not rule.rule.endswith(NOT_PAGES)
    )  # fmt: skip


def shoot(browser: Browser, base: str, paths: tuple[str, ...], folder: Path) -> None:
    width, theme = folder.name.split("-")
    context = browser.new_context(
        base_url=base, viewport={"width": int(width), "height": 800}, color_scheme=theme
    )
    page = context.new_page()
    for path in paths:
        if path == "/app/":
            sign_in(page)
        picture(page, path, folder)
    page.goto("/app/runs")
    links = page.locator("tbody th a").evaluate_all("all => all.map((each) => each.pathname)")
    for path in links:
        picture(page, path, folder)
    context.close()


def sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def picture(page: Page, path: str, folder: Path) -> None:
    page.goto(path)
    name = re.sub(r"\W+", "-", path).strip("-") or "front"
    page.screenshot(path=folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
