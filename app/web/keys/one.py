"""One key: what it may do, what it did, and its terms changed."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import key_use
from app.domain.own_keys import calls, changing, terms
from app.domain.own_keys.changing import Wanted
from app.domain.own_keys.shown import Shown
from app.domain.raising import RaisesLimit
from app.domain.rights import Right
from app.domain.sessions import SignInAgain
from app.errors import InvalidInput
from app.kit import clock
from app.web import asked, place, signed_in, turns
from app.web.keys import blueprint, desk
from app.web.services import services


@blueprint.get(desk.PAGE)
@place.require(Right.OWN_KEYS)
def key(key_id: str) -> Response:
    """Everything about one key."""
    it = desk.find(key_id)
    usual = _as_it_stands(it)
    return page(it, {name: request.args.get(name, text) for name, text in usual.items()})


@blueprint.post(desk.PAGE)
@place.require(Right.OWN_KEYS)
def change(key_id: str) -> ResponseReturnValue:
    """Give it another name, cap or end, or let it do more or less.

    More to spend is for an owner; whatever is more is for somebody who signed in just now.
    """
    it, form = desk.find(key_id), request.form
    typed = {name: form.get(name, usual) for name, usual in _as_it_stands(it).items()}
    agreed, problems = terms.read(
        typed["cap"], typed["expires"], typed["on"], clock.now(), it.expires_at
    )
    if problems:
        return page(it, typed, problems, status=422)
    wanted = Wanted(typed["name"], typed["scope"], agreed)
    try:
        with services().transaction() as session:
            changing.change(session, place.here().person, it, wanted, clock.now())
    except RaisesLimit as refusal:
        return page(it, typed, {"cap": refusal.message}, status=403)
    except InvalidInput as refusal:
        return page(it, typed, {str(refusal.details["field"]): refusal.message}, status=422)
    except SignInAgain:
        return signed_in.again(typed)
    return redirect(f"{request.path}?saved", 303)


@blueprint.get(f"{desk.PAGE}/first")
@place.require(Right.OWN_KEYS)
def first(key_id: str) -> ResponseReturnValue:
    """Whether a key was used yet: the part of a page that asks again by itself."""
    it, turn = desk.find(key_id), turns.of(request.args.get("turn"))
    if not place.is_partial():
        return redirect(desk.PAGE.replace("<key_id>", it.id), 303)
    return render_template("keys/first.html", it=it, turn=turn, wait=turns.wait(turn))


def page(
    it: Shown,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    *,
    once: dict[str, object] | None = None,
    status: int = 200,
) -> Response:
    """A key's page; right after it was rolled it alone shows the new secret, once."""
    with services().database.reading() as session:
        runs, called = calls.latest(session, it), key_use.newest_calls(session, it.id)
    return place.page(
        "keys/key.html",
        status,
        it=it,
        runs=runs,
        called=called,
        most=calls.MOST,
        typed=typed or _as_it_stands(it),
        problems=problems or {},
        once=once,
        saved="saved" in request.args,
        may_raise=place.here().may(Right.LIMITS),
        fresh=signed_in.is_fresh(),
        base=asked.base(),
        turn=0,
        wait=turns.wait(0),
        today=f"{clock.now():%Y-%m-%d}",
    )


def _as_it_stands(it: Shown) -> dict[str, str]:
    day = f"{it.expires_at:%Y-%m-%d}" if it.expires_at else ""
    return {
        "name": it.name,
        "scope": it.scope,
        "cap": "" if it.cap is None else f"{it.cap:,}",
        "expires": terms.ON_A_DAY if day else terms.NEVER,
        "on": day,
    }
