"""What the pages of tests share: their words, and the desk their tools are called at."""

import hashlib
import json
from typing import Any, Protocol

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from app.domain import audiences, plans
from app.domain.audiences import Saved
from app.domain.rights import Right
from app.errors import PolisError
from app.tools.base import Tool
from app.web import edge, place
from app.web.desk.desk import Desk
from app.web.error_shapes import STATUS
from app.web.services import services
from app.web.testing import faults, price, words
from app.web.testing.price import Unpriced
from app.web.testing.typed import Arguments, Panel, Problems


class Typed(Protocol):
    """A form of tests as it was sent."""

    @property
    def panel(self) -> Panel:
        """The fields about the panel."""

    def arguments(self, saved: list[Saved]) -> tuple[Arguments, Problems]:
        """The fields as the tool takes them, and what is wrong with them."""


class Page(Protocol):
    """Shows a form again."""

    def __call__(
        self, *, problems: Problems = ..., status: int = ..., refused: Unpriced | None = ...
    ) -> Response:
        """With what is wrong, beside its field or above the form."""


def form(
    template: str, status: int, panel: Panel, problems: Problems | None, **facts: Any
) -> Response:
    """A form of tests; that the chosen audience is gone is said before anything is pressed."""
    offered = saved()
    told = panel.gone(offered) | (problems or {})
    return page(template, status, saved=offered, panel=panel, problems=told, **facts)


def page(template: str, status: int = 200, **facts: Any) -> Response:
    """A page of tests, with the words all of them use."""
    here = place.here()
    more = {
        "types": words.TYPES,
        "details": words.DETAILS,
        "circles": words.CIRCLES,
        "least": plans.MIN_PERSONAS,
        "most": plans.MAX_PERSONAS,
        "visual": plans.VISUAL,
        "may_buy": here.person.verified and here.may(Right.BILLING),
    }
    return place.page(template, status, **more, **facts)


def saved() -> list[Saved]:
    """The audiences this organization has saved."""
    with services().database.reading() as session:
        return audiences.listed(session, place.here().organization.id)


def start(tool: Tool[Any, Any], given: Arguments, panel: Panel) -> dict[str, Any]:
    """Start by the tool itself; the same form with the same fields starts once."""
    desk = Desk(services(), place.caller(panel.book), edge.request_id(request.environ))
    key = f"{panel.form}:{_digest(given)}"
    _, answer = desk.perform(tool, {**given, "idempotency_key": key})
    return answer.model_dump()


def begun(tool: Tool[Any, Any], typed: Typed, page: Page) -> ResponseReturnValue:
    """On to what the form started; else the form again, with why it was not."""
    given, wrong = typed.arguments(saved())
    if wrong:
        return page(problems=problems(tool, given) | wrong, status=422)
    try:
        answer = start(tool, given, typed.panel)
    except PolisError as error:
        found = faults.of(error)
        if found is None:
            return page(status=STATUS[error.kind], refused=price.refused(error))
        return page(problems=found, status=422)
    return redirect(f"/app/runs/{answer.get('compare_id') or answer['run_id']}", 303)


def problems(tool: Tool[Any, Any], given: Arguments) -> Problems:
    """What a tool finds wrong with fields, without calling it."""
    try:
        tool.parse(given)
    except PolisError as error:
        return faults.of(error) or {}
    return {}


def _digest(given: Arguments) -> str:
    text = json.dumps(given, sort_keys=True).encode()
    return hashlib.sha256(text).hexdigest()[:32]
