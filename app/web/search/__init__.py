"""Going somewhere by its name: pages, actions and runs. Its page is what the palette asks."""

from flask import Blueprint

blueprint = Blueprint("search", __name__)

from app.web.search import page  # noqa: E402, F401 # adds its routes
