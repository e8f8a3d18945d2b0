"""Requests counted against the installation's limits; their answers say what is left."""

from datetime import datetime

from flask import Flask, Response, g

from app.domain.limits import Allowance, RateLimited
from app.web.rate_headers import rate_headers
from app.web.services import services


def take(name: str, subject: str, now: datetime) -> None:
    """Count this request against a limit of the table, or refuse it."""
    its = services()
    if not its.settings.rate_limits:
        return
    limit = its.limits[name]
    try:
        g.polis_allowance = its.rates.take(limit, subject, now)
    except RateLimited as error:
        wait = error.details["retry_after_s"]
        g.polis_allowance = Allowance(limit, 0, int(str(wait)))
        raise


def tell(app: Flask) -> None:
    """Give every counted answer the headers of its limit, refusals too."""

    @app.after_request
    def _told(response: Response) -> Response:
        if "polis_allowance" in g:
            response.headers.extend(rate_headers(g.polis_allowance))
        return response
