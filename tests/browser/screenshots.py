"""A picture of every page, narrow and wide, light and dark: `make screenshots`, then look at them."""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session
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
from tests.filling import Owner, fill
from tests.served import Served

EMAIL, PASSWORD = "kim@polis.localhost", "seven paper boats in harbour"
NOTHING, MUCH = "nothing@polis.localhost", "much@polis.localhost"
LISTS = ("/app/", "/app/runs", "/app/shares", "/app/audiences", "/app/usage", "/app/keys", "/app/apps",
    "/app/developer-apps", "/app/webhooks", "/app/check", "/app/team", "/app/audit", "/app/billing",
    "/app/billing/statement", "/app/billing/invoices", "/app/settings/security")  # fmt: skip
ROWS, KEYS = 10_000, 40
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PUBLIC = ("/", "/pricing", "/docs", "/docs/quickstart", "/login", "/signup", "/forgot", "/support",
    "/device", "/undo-deletion", "/nowhere", "/invite/polis_iv_nothing", "/link/polis_ml_nothing")  # fmt: skip
NOT_PAGES = (".csv", ".jsonl", ".md", ".json", "/set-up", "/options", "/first", "/live")


def main() -> None:
    build = Path(sys.argv[1])
    shutil.rmtree(build, ignore_errors=True)
    with tempfile.TemporaryDirectory() as kept:
        home = Path(kept)
        with (
            Served(f"sqlite:///{home / 'polis.db'}", home) as served,
            sync_playwright() as tool,
        ):
            for email, more in ((EMAIL, ["--sample-data"]), (NOTHING, []), (MUCH, [])):
                served.polis(
                    "user", "create", "--email", email, "--password", PASSWORD, "--verified", *more,
                )  # fmt: skip
            browser = tool.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            app = create_app(bootstrap.build(settings_for(f"sqlite:///{home / 'polis.db'}", home)))
            consents = long_names(app.extensions["polis"])
            many_rows(app.extensions["polis"])
            paths = (*PUBLIC, *places(app), *consents, "/app/nothing-here", "/app/runs?q=zebra")
            for theme in THEMES:
                for width in WIDTHS:
                    folder = build / f"{width}-{theme}"
                    shoot(browser, served.base, app, paths, folder)
                    for email in (NOTHING, MUCH):
                        shoot_lists(browser, served.base, email, folder)
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
        here = _member(session, EMAIL)
        keys.create(session, here.organization_id, user_id=here.user_id, name=LONG[:80], now=now)
        newest = session.scalars(select(Run).where(Run.comparison_id.is_(None)).limit(2))
        for run in newest:
            run.label = LONG[:80]
    client = oauth.client(services, name=LONG[:80])
    oauth.approved(services, here, client)
    return [_link(client.client_id, oauth.REDIRECT), _link(client.client_id, "https://b.example/")]


def many_rows(services: Services) -> None:
    """An organization with thousands of runs and ledger entries, and more keys than a page holds."""
    now = clock.now()
    with services.transaction() as session:
        here = _member(session, MUCH)
        made = [
            keys.create(
                session, here.organization_id, user_id=here.user_id, name=f"Reader {n}", now=now
            )
            for n in range(KEYS)
        ]
    subjects = tuple(f"key:{each.id}" for each in made)
    owner = Owner(here.organization_id, here.user_id, subjects, services.settings.payment_mode)
    fill(services.database, owner, ROWS, 3 * ROWS, now)  # three entries for each run


def _member(session: Session, email: str) -> Member:
    user = session.scalars(select(User).where(User.email == email)).one()
    mine = session.scalars(select(Membership).where(Membership.user_id == user.id)).first()
    return Member(user.id, mine.organization_id, "", "")


def shoot(browser: Browser, base: str, app: Flask, paths: tuple[str, ...], folder: Path) -> None:
    """Every path, then of each rule with a name the first thing a page leads to."""
    context = _context(browser, base, folder)
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


def shoot_lists(browser: Browser, base: str, email: str, folder: Path) -> None:
    """Every list as whoever has nothing, or thousands of rows, sees it."""
    context = _context(browser, base, folder)
    page = context.new_page()
    sign_in(page, email)
    for path in LISTS:
        picture(page, path, folder, email.partition("@")[0])
    context.close()


def _context(browser: Browser, base: str, folder: Path) -> BrowserContext:
    width, theme = folder.name.split("-")
    return browser.new_context(
        base_url=base, viewport={"width": int(width), "height": 800}, color_scheme=theme
    )


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


def sign_in(page: Page, email: str = EMAIL) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def picture(page: Page, path: str, folder: Path, whose: str = "") -> None:
    answer = page.goto(path)
    if answer is None or answer.request.redirected_from is not None:
        return
    name = re.sub(r"\W+", "-", f"{whose}{path}").strip("-")[:80] or "front"
    file = folder / f"{name}.png"
    if file.exists():  # the long address of a consent, cut where another's is
        file = folder / f"{name}-{len([*folder.iterdir()])}.png"
    page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main()
