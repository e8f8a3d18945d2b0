"""The connector check: the whole handshake against this installation, each step shown."""

from flask import Blueprint

blueprint = Blueprint("check", __name__)

from app.web.check import page  # noqa: E402, F401 # adds its routes
