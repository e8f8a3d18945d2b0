"""A person's own settings: who they are, and what lets them in."""

from flask import Blueprint

blueprint = Blueprint("you", __name__)

from app.web.you import (  # noqa: E402 # each adds its routes
    address,  # noqa: F401
    authenticator,  # noqa: F401
    codes,  # noqa: F401
    linked,  # noqa: F401
    passkey_new,  # noqa: F401
    passkeys,  # noqa: F401
    password,  # noqa: F401
    profile,  # noqa: F401
    security,  # noqa: F401
    sessions,  # noqa: F401
)
