"""The providers a page may offer, and Authlib's client for each."""

from typing import Any, NamedTuple

from flask import current_app

from app.adapters import providers
from app.domain.identities import NAMES
from app.web.services import services

_KEPT = "polis_providers"


class Offered(NamedTuple):
    """A provider as a button names it."""

    id: str
    name: str


def offered() -> list[Offered]:
    """Those the operator has set up."""
    return [Offered(each, NAMES[each]) for each in providers.configured(services().settings)]


def client(name: str) -> Any | None:
    """Authlib's client for one of them; None for what is not set up."""
    its = services()
    if name not in providers.configured(its.settings):
        return None
    registry = current_app.extensions.get(_KEPT)
    if registry is None:
        app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 # Authlib wants the app itself
        registry = providers.registered(app, its.settings, its.provider_transport)
        current_app.extensions[_KEPT] = registry
    return registry.create_client(name)
