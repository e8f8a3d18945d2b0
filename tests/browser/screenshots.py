"""A picture of every page, narrow and wide, light and dark: `make screenshots`, then look at them."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from app import bootstrap
from app.bootstrap import Services
from app.domain import keys
from app.kit import clock
from app.models.accounts import Membership, User
from app.models.runs import Run
from app.web import create_app
from tests import oauth
from tests.browser.looks import THEMES, WIDTHS
from tests.browser.test_connecting import _link
from tests.factories import Member, settings_for
from tests.served import Served

EMAIL, PASSWORD = "kim@polis.localhost", "seven paper boats in harbour"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PUBLIC = ("/", "/pricing", "/docs", "/docs/quickstart", "/login", "/signup", "/forgot", "/support",
    "/device", "/undo-deletion", "/nowhere", "/invite/polis_iv_nothing", "/link/polis_ml_nothing")  # fmt: skip
NOT_PAGES = (".csv", ".jsonl", ".md", ".json", "/set-up", "/options", "/first", "/live")


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
            app = create_app(
                bootstrap.build(settings_for(f"sqlite:///{folder / 'polis.db'}", folder))
            )
            consents = long_names(app.extensions["polis"])
            paths = (*PUBLIC, *places(app), *consents, "/app/nothing-here", "/app/runs?q=zebra")
            for theme in THEMES:
                for width in WIDTHS:
                    shoot(browser, served.base, app, paths, build / f"{width}-{theme}")
            browser.close()
    print(f"{sum(1 for _ in build.rglob('*.png'))} pictures in {build}")


def places(app: Flask) -> list[str]:
    """Every page of the dashboard that takes no name."""
    rules = app.url_map.iter_rules()
    return sorted(
        rule.rule for rule in rules
        if rule.rule.startswith("/app/") and "GET" in rule.methods and not rule.arguments
        and not rule.rule.endswith(NOT_PAGES)
    )  # fmt: skip


def long_names(services: Services) -> list[str]:
    """Things with names as long as they may be, and where an app with such a name asks."""
    now = clock.now()
    with services.transaction() as session:
        user = session.scalars(select(User).where(User.email == EMAIL)).one()
        mine = session.scalars(select(Membership).where(Membership.user_id == user.id)).first()
        here = Member(user.id, mine.organization_id, "", "")
        keys.create(session, here.organization_id, user_id=user.id, name=LONG[:80], now=now)
        newest = session.scalars(select(Run).where(Run.comparison_id.is_(None)).limit(2))
        for run in newest:
            run.label = LONG[:80]
    client = oauth.client(services, name=LONG[:80])
    oauth.approved(services, here, client)
    return [_link(client.client_id, oauth.REDIRECT), _link(client.client_id, "https://b.example/")]


def shoot(browser: Browser, base: str, app: Flask, paths: tuple[str, ...], folder: Path) -> None:
    """Every path, then of each rule with a name the first thing a page leads to."""
    width, theme = folder.name.split("-")
    context = browser.new_context(
        base_url=base, viewport={"width": int(width), "height": 800}, color_scheme=theme
    )
    page, rules, seen = context.new_page(), app.url_map.bind(""), set()
    ways = list(paths)
    for path in ways:  # which grows as pages lead further
        if path == "/app/":
            sign_in(page)
        picture(page, path, folder)
        for found in page.locator("a[href^='/app/']").evaluate_all(_PATHS):
            rule = _rule(rules, found)
            if rule is not None and rule not in seen:
                seen.add(rule)
                ways.append(found)
    context.close()


_PATHS = "all => all.map((each) => each.pathname)"


def _rule(rules: MapAdapter, path: str) -> str | None:
    """The rule of a page with a name; a run, a comparison and a thread are told apart."""
    try:
        rule, arguments = rules.match(path, return_rule=True)
    except HTTPException:
        return None
    if not arguments or rule.rule.endswith(NOT_PAGES):
        return None
    return f"{rule.rule} {str(arguments.get('handle', ''))[:4]}"


def sign_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def picture(page: Page, path: str, folder: Path) -> None:
    answer = page.goto(path)
    if answer is None or answer.request.redirected_from is not None:
        return
    name = re.sub(r"\W+", "-", path).strip("-")[:80] or "front"
    page.screenshot(path=folder / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
