"""The mailbox of development: what would have been sent, with links to press."""

from flask import render_template, request

from app.web import developing
from app.web.account import blueprint
from app.web.services import services


@blueprint.get("/dev/mail")
def mailbox() -> str:
    """Every mail, newest first, or those to one address; in development only, from this machine."""
    developing.require_here()
    its = services()
    from app.adapters.mail.mailbox import Mailbox  # noqa: PLC0415 # 35 ms production need not pay

    recipient = request.args.get("to", "").strip().lower()
    mails = Mailbox(its.database, its.links.keys).read(recipient)
    return render_template("account/mailbox.html", mails=mails, recipient=recipient)
