"""The log of an organization: read in pages, checked, exported."""

from flask import Blueprint

blueprint = Blueprint("audit", __name__)

LOG = "/app/audit"

from app.web.audit import (  # noqa: E402 # each adds its routes
    exporting,  # noqa: F401
    log,  # noqa: F401
)
