"""The people of an organization: who they are, who joins, who goes."""

from flask import Blueprint

blueprint = Blueprint("team", __name__)

from app.web.team import (  # noqa: E402 # each adds its routes
    inviting,  # noqa: F401
    joining,  # noqa: F401
    leaving,  # noqa: F401
    members,  # noqa: F401
    removing,  # noqa: F401
    roles,  # noqa: F401
)
