"""What an organization did and has left: overview, the list of runs, usage."""

from flask import Blueprint

blueprint = Blueprint("overview", __name__)

from app.web.overview import (  # noqa: E402 # each adds its routes
    home,  # noqa: F401
    runs,  # noqa: F401
    runs_file,  # noqa: F401
    usage,  # noqa: F401
    usage_file,  # noqa: F401
)
