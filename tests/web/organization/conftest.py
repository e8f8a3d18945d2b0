"""The installation these tests talk to, with an organization somebody made."""

from tests.tools.installation import polis, standing
from tests.web.fixtures import email, limited
from tests.web.team.conftest import team

__all__ = ["email", "limited", "polis", "standing", "team"]
