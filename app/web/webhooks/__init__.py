"""Webhooks in the browser: endpoints, their secrets, and the log of what they were told."""

from flask import Blueprint

blueprint = Blueprint("webhooks", __name__)

from app.web.webhooks import (  # noqa: E402 # each adds its routes
    delivery,  # noqa: F401
    endpoint,  # noqa: F401
    listing,  # noqa: F401
    removing,  # noqa: F401
    rolling,  # noqa: F401
)
