"""A single connection: what it may do, its limit and end, and the button that ends it."""

from typing import NamedTuple

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import key_use
from app.domain.grants import adjust, connection, connections, terms, timeline
from app.domain.grants.adjust import Agreed
from app.domain.grants.connection import Connection
from app.domain.grants.terms import BadTerms
from app.domain.raising import RaisesLimit
from app.domain.rights import Right
from app.domain.sessions import SignInAgain
from app.kit import clock
from app.web import place, signed_in
from app.web.apps import blueprint, words
from app.web.services import services

_PATH = "/app/connections/<grant_id>"


class _Typed(NamedTuple):
    """What stands in the form's fields."""

    limit: str
    ends: str


@blueprint.get(_PATH)
@place.require(Right.OWN_CONNECTIONS)
def one(grant_id: str) -> ResponseReturnValue:
    """Everything about one connection."""
    found = _found(grant_id)
    args = request.args
    limit = "" if found.cap is None else f"{found.cap:,}"
    typed = _Typed(args.get("limit", limit), args.get("ends", f"{found.ends:%Y-%m-%d}"))
    return _page(found, typed, {}, saved="saved" in args)


@blueprint.post(_PATH)
@place.require(Right.OWN_CONNECTIONS)
def change(grant_id: str) -> ResponseReturnValue:
    """End the connection, or put another limit and end in their place."""
    found, form = _found(grant_id), request.form
    if form.get("do") == "end":
        return _ended(found)
    typed = _Typed(form.get("limit", ""), form.get("ends", ""))
    agreed = _agreed(found, typed)
    if not isinstance(agreed, Agreed):
        return _page(found, typed, agreed), 422
    try:
        with services().transaction() as session:
            adjust.change(session, signed_in.person(), found, agreed, clock.now())
    except RaisesLimit as refusal:
        return _page(found, typed, {"limit": refusal.message}), 403
    except SignInAgain:
        return signed_in.again(typed._asdict())
    return redirect(f"{request.path}?saved", 303)


def _agreed(found: Connection, typed: _Typed) -> Agreed | dict[str, str]:
    """The terms, or what is wrong with each of them."""
    problems, now = {}, clock.now()
    tokens, ends = found.cap, found.ends
    try:
        tokens = terms.limit(typed.limit)
    except BadTerms as problem:
        problems["limit"] = problem.message
    try:
        if found.subject_kind != "client":  # renewed by itself until it is switched off
            ends = adjust.ends(found, typed.ends, now)
    except BadTerms as problem:
        problems["ends"] = problem.message
    return problems or Agreed(tokens, ends)


def _ended(found: Connection) -> ResponseReturnValue:
    """Back to what is left of the app, or to the list."""
    user_id, now = signed_in.person().user_id, clock.now()
    with services().transaction() as session:
        connection.finish(session, user_id, found, now)
    with services().database.reading() as session:
        left = connections.any_left(session, user_id, found.organization_id, found.app, now)
    row = f"/app/apps/{found.organization_id}/{found.app}?ended"
    return redirect(row if left else "/app/apps?ended=1", 303)


def _found(grant_id: str) -> Connection:
    its, now = services(), clock.now()
    user_id, mode = signed_in.person().user_id, its.settings.payment_mode
    with its.database.reading() as session:
        return connection.found(session, user_id, grant_id, mode, now)


def _page(
    found: Connection, typed: _Typed, problems: dict[str, str], *, saved: bool = False
) -> Response:
    with services().database.reading() as session:
        happened = timeline.of(session, found.organization_id, [found.id])
        called = key_use.newest_calls(session, found.id)
    return place.page(
        "apps/connection.html",
        happened=happened,
        called=called,
        it=found,
        typed=typed,
        problems=problems,
        saved=saved,
        fresh=signed_in.is_fresh(),
        can=words.scopes(found.scopes),
        today=f"{clock.now():%Y-%m-%d}",
    )
