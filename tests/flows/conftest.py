"""The installation these tests talk to."""

from tests.tools.installation import polis, standing

__all__ = ["polis", "standing"]
