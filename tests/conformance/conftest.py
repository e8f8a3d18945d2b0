"""The person who approves what the suite asks an authorization server for."""

from tests.clients.connecting.conftest import person

__all__ = ["person"]
