"""Where a document is made: whose it is, and under which address it was asked for."""

from datetime import datetime
from typing import NamedTuple

from app.docs.catalogue import Catalogue
from app.settings import Settings


class Place(NamedTuple):
    """What every document may be made from."""

    settings: Settings
    catalogue: Catalogue
    base: str  # the base address, or in development the name of this machine that was asked
    now: datetime
