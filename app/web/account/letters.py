"""Having a link sent: asked for by anybody, written to whoever has the address, told to nobody."""

from flask import render_template

from app.domain import mails, networks
from app.kit import clock
from app.web import limited, network
from app.web.account.form import Form
from app.web.services import services


def send(purpose: str, typed: Form, *, browser: str = "") -> str:
    """Record the letter; the worker finds out whether there is anybody to send it to."""
    limited.count("link_by_mail_network", networks.of(network.address()))
    facts = {"browser": browser, "onward": typed.onward}
    if limited.may_get_another(typed.email):
        with services().transaction() as session:
            mails.record(session, purpose, typed.email, facts, clock.now())
    return sent_page(typed)


def sent_page(typed: Form) -> str:
    """Says that mail is on its way."""
    return render_template("account/sent.html", form=typed, development=limited.shows_mailbox())
