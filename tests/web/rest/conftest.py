"""The installation these tests talk to, and a program that knows nothing of MCP."""

from tests.tools.installation import inline, polis, standing

__all__ = ["inline", "polis", "standing"]
