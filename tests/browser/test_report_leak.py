"""Somebody who found a key reports it, with and without script, on a phone and on a desk."""

import pytest

from app.kit import secrets
from tests.browser.looks import THEMES, WIDTHS, faults

LOOKS = [
    pytest.param(
        {
            "viewport": {"width": width, "height": 800},
            "color_scheme": theme,
        },
        id=f"{width}-{theme}",
    )
    for width in WIDTHS
    for theme in THEMES
]


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_a_wrong_and_a_right_report_are_answered_without_a_fault(page):
    page.goto("/report-leak")
    page.get_by_label("The secret").fill("sk_live_typo")
    page.get_by_label("Where you found it").fill("not an address")
    page.get_by_role("button", name="Report it").click()
    assert page.get_by_role("alert").is_visible()
    assert faults(page) == []
    page.get_by_label("The secret").fill(secrets.mint("sk_live_"))
    page.get_by_label("Where you found it").fill("https://example.com/paste")
    page.get_by_role("button", name="Report it").click()
    assert "it is dead now" in page.get_by_role("status").inner_text()
    assert faults(page) == []


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_the_form_needs_no_script(page):
    page.goto("/report-leak")
    page.get_by_label("The secret").fill(secrets.mint("polis_at_"))
    page.get_by_role("button", name="Report it").click()
    assert page.get_by_role("heading", name="Thank you").is_visible()
