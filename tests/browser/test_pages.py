"""Every page in a real browser: readable by everybody, narrow and wide, light and dark."""

import pytest

from app.domain import sessions
from app.domain.sessions import Browser
from app.kit import clock
from tests.browser.looks import THEMES, WIDTHS, faults

LOOKS = [
    pytest.param({"viewport": {"width": width, "height": 800}, "color_scheme": theme}, id=f"{width}-{theme}")
    for width in WIDTHS for theme in THEMES
]  # fmt: skip


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_r18_a_page_has_no_fault_at_any_width_in_any_light(page, site, measured):
    found = {}
    for path in site.pages():
        page.goto(path)
        found[path] = faults(page)
    measured("R18", "pages looked at", len(found))
    measured("R18", "violations", sum(map(len, found.values())))
    assert {path: each for path, each in found.items() if each} == {}
    assert len(found) > 15


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_what_only_somebody_signed_in_is_shown_outside_the_dashboard_has_no_fault(page, site):
    waiting = site.unclaimed(has_account=True)
    with site.services.transaction() as session:
        browser = Browser("127.0.0.1", "x")
        begun = sessions.begin(session, waiting.user_id, browser, clock.now())
    page.context.add_cookies([{"name": "polis", "value": begun.secret, "url": site.base}])
    found = {}
    for path, shown in (
        (f"/claim/{waiting.organization_id}", "Claim what was set up for you"),
        ("/docs/quickstart", waiting.email),
        ("/docs/build-an-app", waiting.email),
    ):
        page.goto(path)
        page.get_by_text(shown).first.wait_for()
        found[path] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}
