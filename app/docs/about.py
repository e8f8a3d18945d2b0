"""What Polis says of itself, in every document that introduces it."""

from typing import Any
from urllib.parse import urlsplit

import app

NAME = "polis"
TITLE = "Polis"
DESCRIPTION = "Tells what a real audience will think of a text before it is published."
REVISIONS = ("2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28")
"""Of MCP, oldest first; a test holds the wire to them."""

NOTICE_MONTHS = 12
"""How long before it goes whoever uses something is told."""


def release() -> str:
    """The version of this installation."""
    return app.__version__


def icons(base_url: str) -> list[dict[str, Any]]:
    """Our mark, from our own origin: clients show no other's."""
    return [
        {"src": f"{base_url}/icon.png", "mimeType": "image/png", "sizes": ["96x96"]},
        {"src": f"{base_url}/icon.svg", "mimeType": "image/svg+xml", "sizes": ["any"]},
    ]


def domain(base_url: str) -> str:
    """The host we answer under."""
    return urlsplit(base_url).hostname or ""


def reverse_name(base_url: str) -> str:
    """Our name as registries of servers write it: the host backwards, then ours."""
    labels = domain(base_url).split(".")
    if not labels[-1].isdecimal():  # an address has no labels to turn round
        labels.reverse()
    return f"{'.'.join(labels).strip('[]').replace(':', '-')}/{NAME}"
