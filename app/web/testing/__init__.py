"""Texts put before panels from the browser: one, several side by side, and saved audiences."""

from flask import Blueprint

blueprint = Blueprint("testing", __name__)

from app.web.testing import (  # noqa: E402 # each adds its routes
    audiences,  # noqa: F401
    comparing,  # noqa: F401
    new,  # noqa: F401
)
