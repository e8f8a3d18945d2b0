"""Asking for another address: its owner confirms it, and only they learn whether it was known."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain import address_change, mailed_links, networks
from app.errors import InvalidInput
from app.kit import clock
from app.web import limited, network, place
from app.web.services import services
from app.web.you import blueprint, fresh

_PATH = "/app/settings/email"


@blueprint.get(_PATH)
@fresh.require(_PATH)
def address() -> Response:
    """The form."""
    return _page("", {})


@blueprint.post(_PATH)
@fresh.require(_PATH)
def address_button() -> ResponseReturnValue:
    """Write to the new address, and say the same whether or not it has an account."""
    typed, its, person = request.form.get("email", "").strip(), services(), place.here().person
    limited.count("link_by_mail_network", networks.of(network.address()))
    try:
        mailed = limited.may_get_another(typed.lower())
        with its.transaction() as session:
            sent_to = address_change.ask(session, person, typed, clock.now(), mailed=mailed)
    except InvalidInput as error:
        return _page(typed, {"email": error.message}, 422)
    development = limited.shows_mailbox()
    return place.page("you/address_sent.html", sent_to=sent_to, development=development)


def _page(typed: str, problems: dict[str, str], status: int = 200) -> Response:
    return place.page(
        "you/address.html",
        status,
        typed=typed,
        problems=problems,
        undo_days=mailed_links.UNDO_LIFE.days,
    )
