"""Every page in a real browser: readable by everybody, narrow and wide, light and dark."""

import pytest

from tests.browser.looks import THEMES, WIDTHS, faults

LOOKS = [
    pytest.param({"viewport": {"width": width, "height": 800}, "color_scheme": theme}, id=f"{width}-{theme}")
    for width in WIDTHS for theme in THEMES
]  # fmt: skip


@pytest.mark.parametrize("page", LOOKS, indirect=True)
def test_a_page_has_no_fault_at_any_width_in_any_light(page, site):
    found = {}
    for path in site.pages():
        page.goto(path)
        found[path] = faults(page)
    assert {path: each for path, each in found.items() if each} == {}
    assert len(found) > 15
