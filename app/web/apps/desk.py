"""What the pages of developer apps share: who is at work, on which app, and its page."""

from urllib.parse import urlsplit

from flask import Response

from app.domain.clients import developer_apps, presets
from app.domain.clients.developer import Actor
from app.domain.clients.developer_apps import Shown
from app.domain.grants import choices
from app.domain.grants.choices import Choice
from app.kit import clock
from app.web import asked, place, signed_in
from app.web.services import services

LIST = "/app/developer-apps"


def actor() -> Actor:
    """Whoever is signed in, at work now."""
    return Actor(signed_in.person(), own_host(), clock.now())


def own_host() -> str:
    """The host a redirect of ours would go to."""
    return urlsplit(services().settings.base_url).hostname or ""


def find(app_id: str) -> Shown:
    """An app of an organization they administer."""
    with services().database.reading() as session:
        return developer_apps.shown(session, signed_in.person().user_id, app_id, clock.now())


def organizations() -> list[Choice]:
    """Their organizations; `why_not` where they may make no app for one."""
    its, user_id = services(), signed_in.person().user_id
    with its.database.reading() as session:
        mode = its.settings.payment_mode
        return choices.of(session, user_id, "developer", mode, clock.now())


def page(
    app: Shown, secret: str | None = None, *, made: bool = False, notice: str = ""
) -> Response:
    """An app's page; right after a secret was made it alone shows it, once."""
    preset, base = presets.of(app.app.redirect_uris), asked.base()
    return place.page(
        "apps/developer/app.html",
        it=app,
        secret=secret,
        made=made,
        notice_=notice,
        platform=preset.title if preset else "",
        card=presets.card(preset, app.client_id, secret, base),
        addresses=presets.card(None, app.client_id, None, base),
    )
