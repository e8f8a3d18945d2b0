"""What tests of developer apps share: the form, an app made by it, what its pages show."""

import re
from html import unescape

from sqlalchemy import select

from app.domain.clients import find, secrets
from app.kit import clock
from app.models.clients import Client
from tests.web.apps.people import press

LIST = "/app/developer-apps"
NEW = f"{LIST}/new"
SECRET = re.compile(r"polis_cs_\w{20,}")
FORM = {
    "name": "Newsletter bot",
    "kind": "confidential",
    "redirect_uris": "https://bot.example/callback\r\nhttps://bot.example/other",
    "scopes": ["mcp", "email"],
    "client_uri": "https://bot.example/",
    "logo_uri": "https://bot.example/logo.png",
    "tos_uri": "https://bot.example/terms",
    "policy_uri": "https://bot.example/privacy",
    "access_life": "2",
    "refresh_life": "7",
}


def make(browser, **changed):
    """Send the form of a new app."""
    form = FORM | {"organization": browser.who.organization_id, "form": clock.now().isoformat()}
    return press(browser, NEW, **(form | changed))


def rows(services, organization_id):
    with services.database.reading() as session:
        mine = select(Client).where(Client.organization_id == organization_id)
        return list(session.scalars(mine.order_by(Client.created_at, Client.id)))


def made(browser, **changed):
    """A new app: its page's address, its row, and its secret."""
    page = make(browser, **changed)
    assert page.status_code == 201, page.text
    row = rows(browser.services, browser.who.organization_id)[-1]
    found = SECRET.search(page.text)
    return f"{LIST}/{row.id}", row, found and found[0]


def accepted(services, row, secret):
    with services.database.reading() as session:
        return secrets.matches(session, row.id, secret, clock.now())


def known(services, row):
    with services.database.reading() as session:
        return find.by_row_id(session, row.id)


def values(page):
    """What the card of a page offers to copy."""
    return [
        unescape(each) for each in re.findall(r'<dd><div class="copy"><code>([^<]*)', page.text)
    ]


def buttons(page):
    """What the card's buttons copy: each the value before it."""
    found = re.findall(r"<code>([^<]*)</code><button[^>]* data-copy hidden>", page.text)
    return [unescape(each) for each in found]


def rotated(browser, path, **form):
    former = re.search(r'name="former" value="(\w*)"', browser.get(f"{path}/secret").text)
    return press(browser, f"{path}/secret", former=former[1], **form)
