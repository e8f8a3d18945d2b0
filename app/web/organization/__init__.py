"""Settings of an organization and the end of an account: names, retention, export, deletion."""

from flask import Blueprint

blueprint = Blueprint("organization", __name__)

from app.web.organization import (  # noqa: E402 # each adds its routes
    account,  # noqa: F401
    deletion,  # noqa: F401
    exporting,  # noqa: F401
    keeping,  # noqa: F401
    settings,  # noqa: F401
)
