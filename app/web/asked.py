"""The base address a request's answer speaks of."""

from flask import current_app, request

from app.web import addresses
from app.web.addresses import Addresses
from app.web.services import services

_KEPT = "polis_addresses"


def base() -> str:
    """`BASE_URL`; in development the name of this machine that was asked."""
    return addresses.base_for(_ours(), request.headers.get("Host"))


def _ours() -> Addresses:
    kept: Addresses | None = current_app.extensions.get(_KEPT)
    if kept is None:
        kept = current_app.extensions[_KEPT] = addresses.of(services().settings)
    return kept
