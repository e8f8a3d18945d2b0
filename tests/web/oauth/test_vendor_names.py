"""What the consent page says of a name beside a vendor's own address."""

import re

from tests import oauth

CLAUDE = "https://claude.ai/api/mcp/auth_callback"


def test_a_vendors_address_vouches_for_no_other_name(polis, kim):
    bank = oauth.client(polis.services, name="Your Bank", redirect_uris=[CLAUDE])
    page = kim.ask(bank)
    (headline,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page.text)
    assert "claude.ai" in headline
    assert "Your Bank" not in headline
    assert "calls itself <b>Your Bank</b>" in page.text
