"""Plain pages: where links of answers lead, and the documentation as it is written."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)

from app.web.pages import (  # noqa: E402 # they add their routes
    dev,  # noqa: F401
    docs,  # noqa: F401
    finding,  # noqa: F401
    helpful,  # noqa: F401
    legal,  # noqa: F401
    pay,  # noqa: F401
    product,  # noqa: F401
    simulated,  # noqa: F401
    status,  # noqa: F401
)
