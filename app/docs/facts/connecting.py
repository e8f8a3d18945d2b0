"""How clients are set up for an installation: links, platforms' forms, where clients call from."""

from typing import Any

from app.docs import about, install
from app.domain.clients import presets, vendors
from app.settings import Settings


def facts(settings: Settings) -> dict[str, Any]:
    """What the pages on connecting may say without writing it down."""
    return {
        "revisions": about.REVISIONS,
        "install": install.links(f"{settings.base_url}/mcp"),
        "platforms": {key: _platform(key, settings.base_url) for key in presets.PRESETS},
        "vendors": [vendor.name for vendor in vendors.VENDORS if not vendor.forwards],
        "shared_egress": settings.shared_egress,
    }


def _platform(key: str, base_url: str) -> dict[str, Any]:
    """A platform's app, and its own form with what belongs in each field."""
    preset = presets.PRESETS[key]
    secret = "its secret, shown once" if preset.app.confidential else None  # words
    return {
        "title": preset.title,
        "confidential": preset.app.confidential,
        "redirect_uris": preset.app.redirect_uris,
        "form": presets.card(preset, "the app's client ID", secret, base_url),
    }
