"""Any tool called from the browser: its fields from its schema, its price before it costs."""

from flask import Blueprint

blueprint = Blueprint("playground", __name__)

from app.web.playground import page  # noqa: E402, F401 # adds its routes
