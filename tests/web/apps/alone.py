"""An app that acts alone, and the token it asks for."""

from tests.web.apps.desk import known, made
from tests.web.apps.people import press
from tests.web.oauth.program import Program


def alone(kim, **changed):
    """An app that was let act alone: its page, its row, its secret."""
    path, row, secret = made(kim, **changed)
    press(kim, path, acts_alone="on")
    return path, row, secret


def own(polis, row, secret):
    """What the token endpoint answers an app that asks for itself."""
    program = Program(polis.app, known(polis.services, row), secret)
    return program.ask(grant_type="client_credentials")
