"""What secrets look like, as the code makes them."""

from typing import Any

from app.domain import keys
from app.kit import secrets


def facts() -> dict[str, Any]:
    """How many letters stand between a prefix and the checksum, and how many are that."""
    return {
        "secret_format": {
            "letters": secrets.LETTERS,
            "long": secrets.LONG,
            "check": secrets.CHECK,
            "secret": secrets.LETTERS + secrets.CHECK,
            "shown": keys.SHOWN,
        }
    }
