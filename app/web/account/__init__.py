"""Signing up, in and out, and the links we mail: pages that work without any script."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

from app.web.account import (  # noqa: E402 # each adds its routes
    claim,  # noqa: F401
    forgot,  # noqa: F401
    home,  # noqa: F401
    keep,  # noqa: F401
    links,  # noqa: F401
    login,  # noqa: F401
    mailbox,  # noqa: F401
    organization,  # noqa: F401
    passkey,  # noqa: F401
    provider,  # noqa: F401
    second,  # noqa: F401
    signup,  # noqa: F401
    start,  # noqa: F401
)
