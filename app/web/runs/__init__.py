"""One run: its progress, its report, questions about it, exports, and links that share it."""

from flask import Blueprint

PATH = "/app/runs/<handle>"

blueprint = Blueprint("runs", __name__)
public = Blueprint("shared", __name__)

from app.web.runs import (  # noqa: E402 # each adds its routes
    asking,  # noqa: F401
    deleting,  # noqa: F401
    exports,  # noqa: F401
    naming,  # noqa: F401
    page,  # noqa: F401
    repeating,  # noqa: F401
    shared,  # noqa: F401
    shares_list,  # noqa: F401
    sharing,  # noqa: F401
    stopping,  # noqa: F401
    table,  # noqa: F401
)
