"""The services of the app that answers this request."""

from flask import current_app

from app.bootstrap import Services


def services() -> Services:
    """The record `create_app` was given."""
    found: Services = current_app.extensions["polis"]
    return found
