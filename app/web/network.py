"""Where a request comes from: the peer, or what a proxy of ours says of it."""

from flask import request

from app.domain import networks
from app.domain.networks import of
from app.domain.sessions import Browser
from app.web.services import services

__all__ = ["address", "browser", "of"]


def address() -> str:
    """The address that asks."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return networks.asking(
        request.remote_addr or "", forwarded, services().settings.trusted_proxies
    )


def browser() -> Browser:
    """The browser that asks."""
    return Browser(address(), request.headers.get("User-Agent", ""))
