"""A conversation with a panel: every question, who answered what, and the next question."""

from typing import Any

from flask import Response, render_template, request

from app.domain import plans
from app.domain.rights import Right
from app.domain.runs import sheet, threads
from app.domain.runs.threads import Talk
from app.errors import NotFound
from app.kit import ids
from app.tools.thread import ThreadOut
from app.web import place, texts
from app.web.runs import calls, facts
from app.web.runs.trouble import Trouble
from app.web.services import services


def page(thread_id: str, trouble: Trouble) -> Response:
    """The whole conversation; a part of the page where htmx asks for its answers."""
    talk = found(thread_id)
    caller = place.caller(talk.book)
    answered = calls.perform_as(caller, "polis_thread", thread_id=thread_id)
    more: dict[str, Any] = {"talk": talk, "answered": _turns(answered), "again_s": _again_s(talk)}
    if place.is_partial():
        return texts.scripted(render_template("runs/answers_again.html", **more))
    with services().database.reading() as session:
        it = sheet.sheet(session, place.here().organization.id, talk.run_id)
    return place.page(
        "runs/thread.html",
        it=it,
        title=facts.title(it),
        left=caller.standing.spendable,
        price=len(talk.seats) * plans.ASK_TOKENS,
        once=ids.new("web"),
        again=_again(talk),
        trouble=trouble,
        billing=Right.BILLING,
        **more,
    )


def _again(talk: Talk) -> str:
    """The question a link of this page asks to be put once more."""
    number = request.args.get("again", type=int)
    return next((turn.question for turn in talk.turns if turn.number == number), "")


def _again_s(talk: Talk) -> int:
    return facts.look_again_s(talk.turns[-1].asked_at) if talk.turns else 0


def found(thread_id: str) -> Talk:
    """A conversation of this organization."""
    with services().database.reading() as session:
        talk = threads.one(session, place.here().organization.id, thread_id)
    if talk is None:
        raise NotFound("There is no such conversation here.", hint="Its run may be deleted.")
    return talk


def _turns(answered: object) -> list[object]:
    return list(answered.turns) if isinstance(answered, ThreadOut) else []
