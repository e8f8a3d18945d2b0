"""What the pages say of an installation is what that installation does."""

from app.docs.facts import facts
from app.settings import Settings


def test_limits_are_printed_as_they_are_set():
    told = facts(Settings(limit_mcp_per_minute=7, limit_mcp_burst=3))["limits"]
    assert [(one.amount, one.burst) for one in told if one.name == "mcp"] == [(7, 3)]
