"""What a kind of work is: how to do it, and what to do when every attempt has failed."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.bootstrap import Services
from app.outbox import Claim


@dataclass(frozen=True, slots=True)
class Failure:
    """Why work was given up: a stable code, and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Handler:
    """`run` ends its claim itself, in the transaction of its last write."""

    run: Callable[[Services, Claim], None]
    gave_up: Callable[[Session, Claim, Failure], None]
    failure: str = "The panel could not be run."  # of what failed without a word for people
