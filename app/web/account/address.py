"""A change of address: a link at the new one confirms it, a link at the old one undoes it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.domain import address_change, mailed_links
from app.kit import clock
from app.web import narrow, signed_in
from app.web.services import services


def confirm(secret: str) -> ResponseReturnValue:
    """Use the new address; only whoever asked for it may, and they are signed in.

    An address typed wrongly is somebody else's: their button must not give them the account.
    """
    person, its = signed_in.current(), services()
    with its.database.reading() as session:
        link = mailed_links.look(session, secret, clock.now())
    if person is None or person.user_id != link.user_id:
        return narrow.failed("account/link_change_email.html", 403, link=link, stranger=True)
    with its.transaction() as session:
        address_change.confirm(session, secret, clock.now())
    return render_template("account/address_changed.html", email=link.email)


def undo(secret: str) -> ResponseReturnValue:
    """Bring the old address back; every browser is signed out."""
    with services().transaction() as session:
        email = address_change.undo(session, secret, clock.now())
    return render_template("account/address_restored.html", email=email)
