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
    goes = limited.may_get_another(typed.email)
    if goes:
        with services().transaction() as session:
            mails.record(session, purpose, typed.email, facts, clock.now())
    mine = purpose == "verify"  # asked for by whoever the address belongs to: no secret of theirs
    return sent_page(typed, mine=mine, goes=goes or not mine)


def sent_page(typed: Form, *, mine: bool = False, goes: bool = True) -> str:
    """Says that mail is on its way; to a stranger always, to its owner where it is."""
    facts = {"form": typed, "mine": mine, "goes": goes}
    return render_template("account/sent.html", development=limited.shows_mailbox(), **facts)
