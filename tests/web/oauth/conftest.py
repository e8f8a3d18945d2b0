"""The installation these tests talk to."""

from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]
