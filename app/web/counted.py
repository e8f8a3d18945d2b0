"""Requests counted against the installation's limits; their answers say what is left."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, g

from app.bootstrap import Services
from app.domain.limits import Allowance, RateLimited
from app.web.rate_headers import rate_headers
from app.web.services import services


def take(name: str, subject: str, now: datetime) -> None:
    """Count the request Flask is answering against a limit of the table, or refuse it."""
    count(services(), name, subject, now, note)


def count(
    its: Services, name: str, subject: str, now: datetime, told: Callable[[Allowance], None]
) -> None:
    """Count a request and tell what is left, or refuse it and tell that nothing is."""
    if not its.settings.rate_limits:
        return
    limit = its.limits[name]
    try:
        told(its.rates.take(limit, subject, now))
    except RateLimited as error:
        told(Allowance(limit, 0, int(str(error.details["retry_after_s"]))))
        raise


def note(allowance: Allowance) -> None:
    """Have the answer Flask makes say what is left."""
    g.polis_allowance = allowance


def tell(app: Flask) -> None:
    """Give every counted answer the headers of its limit, refusals too."""

    @app.after_request
    def _told(response: Response) -> Response:
        if "polis_allowance" in g:
            response.headers.extend(rate_headers(g.polis_allowance))
        return response
