"""What tests of webhooks share: one made in the browser, its log, its agent."""

import re
from typing import NamedTuple

from sqlalchemy import select

from app.models.webhooks import WebhookDelivery, WebhookEndpoint
from tests.web.oauth.visitor import fields
from tests.web.webhooks.receiver import URL

LIST = "/app/webhooks"
SECRET = re.compile(r"<code>(whsec_[A-Za-z0-9+/=]+)</code>")
ALL = ["run.completed", "run.failed", "cap.reached", "key.revoked"]


class Made(NamedTuple):
    """A webhook at the only moment its secret is known."""

    id: str
    path: str
    secret: str


def send(browser, path, page=LIST, **form):
    """Send a form with the token of a page that always has one."""
    return browser.post(path, {"csrf_token": fields(browser.get(page))["csrf_token"], **form})


def make(browser, **changed):
    return send(browser, LIST, **({"url": URL, "events": ALL, "description": "Notifier"} | changed))


def made(browser, **changed) -> Made:
    page = make(browser, **changed)
    assert page.status_code == 201, page.text
    id_ = re.search(r'action="/app/webhooks/(whe_\w+)"', page.text)[1]
    return Made(id_, f"{LIST}/{id_}", SECRET.search(page.text)[1])


def rolled(browser, hook) -> str:
    return SECRET.search(send(browser, f"{hook.path}/secret").text)[1]


def deliveries(services, hook):
    """Oldest first."""
    with services.database.reading() as session:
        mine = select(WebhookDelivery).where(WebhookDelivery.endpoint_id == hook.id)
        return list(session.scalars(mine.order_by(WebhookDelivery.id)))


def endpoint(services, hook):
    with services.database.reading() as session:
        return session.get(WebhookEndpoint, hook.id)
