"""What may be refused, in no protocol's words."""

from enum import Enum
from typing import ClassVar


class Kind(Enum):
    """The eight ways to say no; `web/error_shapes.py` gives each its shape per protocol."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    UNPAID = "unpaid"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"


class PolisError(Exception):
    """A refusal: a kind, a stable code, a sentence, a hint that says what to do, its numbers."""

    kind: ClassVar[Kind]
    code: ClassVar[str]

    def __init__(self, message: str, *, hint: str = "", **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = details


class NotFound(PolisError):
    """Foreign, unknown and malformed handles get the same words."""

    kind = Kind.NOT_FOUND
    code = "not_found"


class Conflict(PolisError):
    """The request contradicts one that was made before."""

    kind = Kind.CONFLICT
    code = "conflict"


class InvalidInput(PolisError):
    """Something in the request cannot be read; `fields` lists every bad field at once."""

    kind = Kind.INVALID
    code = "invalid_input"
