"""Having a link sent: asked for by anybody, written to whoever has the address, told to nobody."""

from flask import render_template

from app.domain import mails, networks, throttles
from app.domain.limits import RateLimited
from app.kit import clock
from app.web import network
from app.web.account.form import Form
from app.web.services import services


def send(purpose: str, typed: Form, *, browser: str = "") -> str:
    """Record the letter; the worker finds out whether there is anybody to send it to."""
    count("link_by_mail_network", networks.of(network.address()))
    facts = {"browser": browser, "onward": typed.onward}
    if may_get_another(typed.email):
        with services().transaction() as session:
            mails.record(session, purpose, typed.email, facts, clock.now())
    return sent_page(typed)


def may_get_another(email: str) -> bool:
    """Count a letter to an address; beyond the limit none is sent, and nobody is told.

    Refused aloud, strangers could keep its owner from asking: the links they had sent still open.
    """
    try:
        count("link_by_mail", throttles.digest_of(email))
    except RateLimited:
        return False
    return True


def sent_page(typed: Form) -> str:
    """Says that mail is on its way."""
    development = services().settings.development and not services().settings.smtp_host
    return render_template("account/sent.html", form=typed, development=development)


def count(limit: str, subject: str) -> None:
    """Count against one of the limits, unless they are off."""
    its = services()
    if its.settings.rate_limits:
        its.rates.take(its.limits[limit], subject, clock.now())
