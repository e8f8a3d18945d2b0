"""API keys in the browser: made, shown once, limited, rolled, revoked."""

from flask import Blueprint

blueprint = Blueprint("keys", __name__)

from app.web.keys import (  # noqa: E402 # each adds its routes
    ending,  # noqa: F401
    listing,  # noqa: F401
    one,  # noqa: F401
    rolling,  # noqa: F401
)
