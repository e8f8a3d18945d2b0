"""Counting what pages do against the limits, and letters against what an address gets."""

from app.domain import throttles
from app.domain.limits import RateLimited
from app.kit import clock
from app.web import developing
from app.web.services import services

_LETTERS = ("link_by_mail", "link_by_mail_day")
_SILENT = throttles.Words("Too many letters.", "Nobody is told.")


def count(limit: str, subject: str) -> None:
    """Count against one of the limits, unless they are off."""
    its = services()
    if its.settings.rate_limits:
        its.rates.take(its.limits[limit], subject, clock.now())


def may_get_another(email: str) -> bool:
    """Count a letter to an address; beyond the limits none is sent, and nobody is told.

    Refused aloud, strangers could keep its owner from asking: the links they had sent still open.
    """
    return not wait_for_another(email)


def wait_for_another(email: str, *further: str) -> int:
    """Count a letter, against further limits too; in how many seconds one may go, 0 if it goes now.

    Only whoever the address belongs to may hear of it.
    """
    its, who = services(), throttles.digest_of(email)
    if not its.settings.rate_limits:
        return 0
    places = [(its.limits[name], who) for name in (*_LETTERS, *further)]
    try:
        with its.transaction() as session:
            throttles.hold(session, places, _SILENT, clock.now())
    except RateLimited as refusal:
        return int(str(refusal.details["retry_after_s"]))
    return 0


def shows_mailbox() -> bool:
    """Whether mail is read at `/dev/mail` here."""
    return developing.is_here() and not services().settings.smtp_host
