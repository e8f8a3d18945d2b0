"""The keys of an organization, and the form for another."""

from datetime import datetime

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.keys import NewKey
from app.domain.own_keys import making, shown, terms
from app.domain.own_keys.making import Wanted
from app.domain.rights import Right
from app.errors import InvalidInput
from app.kit import clock
from app.web import network, place, signed_in, turns
from app.web.keys import blueprint, desk
from app.web.services import services

_FIELDS = {"name": "", "scope": "mcp", "book": "live", "cap": "", "expires": "never", "on": ""}


@blueprint.get(desk.LIST)
@place.require(Right.OWN_KEYS)
def keys_list() -> Response:
    """Every key they may see, and the form for another."""
    return _page(_typed())


@blueprint.post(desk.LIST)
@place.require(Right.OWN_KEYS)
def create() -> ResponseReturnValue:
    """Make a key and show it, once; whoever signed in long ago does so again and loses nothing."""
    typed = _typed()
    if not signed_in.is_fresh():
        return signed_in.again(typed)
    now = clock.now()
    agreed, problems = terms.read(typed["cap"], typed["expires"], typed["on"], now)
    here = place.here()
    wanted = Wanted(here.organization.id, typed["name"], typed["scope"], typed["book"], agreed)
    made = problems or _made(wanted, now)
    if not isinstance(made, NewKey):
        return _page(typed, made, 422)
    return _page(_FIELDS, once=desk.once(made, wanted.name.strip()), status=201)


def _made(wanted: Wanted, now: datetime) -> NewKey | dict[str, str]:
    """The key, or what is wrong with the form."""
    try:
        with services().transaction() as session:
            person = place.here().person
            return making.create(session, person, wanted, network.address(), now)
    except InvalidInput as error:
        return {str(error.details.get("field", "name")): error.message}


def _typed() -> dict[str, str]:
    sent = request.form or request.args
    return {name: sent.get(name) or usual for name, usual in _FIELDS.items()}


def _page(
    typed: dict[str, str],
    problems: dict[str, str] | None = None,
    status: int = 200,
    *,
    once: dict[str, object] | None = None,
) -> Response:
    ended = request.args.get("show") == "ended"
    with services().database.reading() as session:
        found, older = shown.page(
            session, desk.look(), ended=ended, before=request.args.get("before", "")
        )
        over = [] if found or ended else shown.page(session, desk.look(), ended=True)[0]
    return place.page(
        "keys/list.html",
        status,
        keys=found,
        older=older,
        ended=ended,
        any_ended=bool(over),
        paged="before" in request.args,
        everybodys=place.here().may(Right.ALL_KEYS),
        typed=typed,
        problems=problems or {},
        once=once,
        turn=0,
        wait=turns.wait(0),
        today=f"{clock.now():%Y-%m-%d}",
        revoked="revoked" in request.args,
    )
