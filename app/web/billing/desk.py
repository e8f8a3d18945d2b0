"""What the pages about money share: whose it is, and a refusal said on the page it came from."""

from typing import NamedTuple

from app.domain.wallets import Wallet
from app.errors import PolisError
from app.web import place
from app.web.error_shapes import STATUS
from app.web.services import services

PAGE = "/app/billing"


class Refusal(NamedTuple):
    """A refusal in its own words, and the status it is answered with."""

    sentence: str
    hint: str
    status: int


def wallet() -> Wallet:
    """The live book of the organization that is looked at: the one money is in."""
    return Wallet(place.here().organization.id, "live", mode())


def mode() -> str:
    """Whose money it is on this installation."""
    return services().settings.payment_mode


def refused(error: PolisError) -> Refusal:
    """A refusal to be shown."""
    return Refusal(error.message, error.hint, STATUS[error.kind])
