"""Every letter we send, by its purpose."""

from app.domain.letters import account, organization
from app.domain.letters.letter import Letter

__all__ = ["LETTERS", "Letter"]

LETTERS: dict[str, Letter] = account.LETTERS | organization.LETTERS
