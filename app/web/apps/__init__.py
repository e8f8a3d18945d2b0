"""Apps, seen from inside: those somebody connected, and those developers make."""

from flask import Blueprint

blueprint = Blueprint("apps", __name__)

from app.web.apps import (  # noqa: E402 # each adds its routes
    connected,  # noqa: F401
    connection,  # noqa: F401
    connections,  # noqa: F401
    developer,  # noqa: F401
    developer_app,  # noqa: F401
    editing,  # noqa: F401
    ending,  # noqa: F401
    making,  # noqa: F401
    one_click,  # noqa: F401
    rotating,  # noqa: F401
)
