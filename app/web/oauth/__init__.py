"""The OAuth server's doors: endpoints that answer JSON, and the pages people see on the way."""

from flask import Blueprint

from app.web.oauth import answers, cors

blueprint = Blueprint("oauth", __name__)  # endpoints: refusals are RFC 6749 JSON
pages = Blueprint("oauth_pages", __name__)  # for people: refusals are pages

answers.shape(blueprint)
cors.open_to_all(blueprint)

from app.web.oauth import (  # noqa: E402 # each adds its routes
    aliases,  # noqa: F401
    authorize,  # noqa: F401
    decision,  # noqa: F401
    device,  # noqa: F401
    device_page,  # noqa: F401
    introspection,  # noqa: F401
    keys,  # noqa: F401
    register,  # noqa: F401
    revoke,  # noqa: F401
    token,  # noqa: F401
    userinfo,  # noqa: F401
)
