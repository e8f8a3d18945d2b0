"""Plain pages: where links of answers lead, and the documentation as it is written."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)

from app.web.pages import dev, docs, legal, pay, product  # noqa: E402, F401 # they add their routes
