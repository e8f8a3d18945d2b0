"""What readers of the documentation have: a clipboard, and an account."""

import pytest

from app.kit import ids
from tests.web.account.browser import PASSWORD
from tests.web.account.somebody import somebody


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def copying(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def signed_in(site, page, base=""):
    """Sign somebody in, to the first page of the docs; gives their address."""
    email = somebody(site, f"{ids.new('p')}@example.com")
    page.goto(f"{base}/login?next=/docs/overview")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/docs/overview")
    return email
