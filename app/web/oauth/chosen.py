"""Which organization a person chose on the page before: told by a parameter only we can make."""

from urllib.parse import urlencode

from app.kit import secrets
from app.web.oauth import detour
from app.web.services import services

NAME = "acts_for"  # a parameter of our own beside those of the request


def link(path: str, mark: str | None, organization_id: str, user_id: str) -> str:
    """Where a click on an organization leads; a sign-in the request asked for stays done."""
    key = services().links.keys[0]
    signed = f"{organization_id}.{_signature(key, path, organization_id, user_id)}"
    kept = {} if mark is None else {detour.MARK: mark}
    return f"{path}&{urlencode({**kept, NAME: signed})}"


def organization(path: str, sent: str | None, user_id: str) -> str | None:
    """What this very person chose for this very request; what others made says nothing."""
    organization_id, _, signature = (sent or "").partition(".")
    for key in services().links.keys:
        if secrets.same(_signature(key, path, organization_id, user_id), signature):
            return organization_id
    return None


def _signature(key: str, path: str, organization_id: str, user_id: str) -> str:
    return secrets.sign(key, NAME, detour.said(path), organization_id, user_id)
