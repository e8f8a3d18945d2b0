"""Signing up, in and out, and the links we mail: pages that work without any script."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

from app.web.account import forgot, home, keep, links, login, mailbox, signup  # noqa: E402, F401 # they add their routes
