"""Somebody signed in, in front of an installation whose organization has tokens."""

from tests.tools.installation import inline, polis, standing
from tests.web.fixtures import email
from tests.web.member import someone

__all__ = ["email", "inline", "polis", "someone", "standing"]
