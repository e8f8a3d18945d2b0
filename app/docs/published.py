"""The documentation of an installation, as it is published."""

from functools import cache, partial
from typing import Any

from app.docs.catalogue import Catalogue
from app.settings import Settings


@cache
def published(settings: Settings) -> Catalogue:
    """The pages with their facts; each is rendered when it is first read."""
    return Catalogue(settings.base_url, partial(facts, settings))


def facts(settings: Settings) -> dict[str, Any]:
    """Every name a page may use, gathered when the first one is read."""
    from app.docs import facts as gathered  # noqa: PLC0415 # they know the engine, which is big

    return gathered.facts(settings)
