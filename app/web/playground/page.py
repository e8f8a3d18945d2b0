"""The playground's one page: choose a tool, fill it in, see its price, call it."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.errors import NotFound
from app.kit import ids
from app.tools import TOOLS
from app.tools.base import Tool
from app.web import asked, place
from app.web.playground import blueprint, calling, elsewhere, fields
from app.web.playground.calling import Answered

PATH = "/app/playground"
FIRST = "polis_account"
_KEY, _OURS = "arg-idempotency_key", "play"
_TOKENS = re.compile(r"[0-9]{1,9}")

Json = dict[str, Any]


@blueprint.get(PATH)
@place.require(Right.RUN)
def playground() -> Response:
    """A tool's fields, and the same call from elsewhere."""
    return _page(_tool(request.args.get("tool", FIRST)), request.args)


@blueprint.post(PATH)
@place.require(Right.RUN)
def play() -> ResponseReturnValue:
    """Say what a call costs, or make it: nothing that costs is called before its price was seen."""
    form = request.form
    tool = _tool(form.get("tool", ""))
    given, problems = fields.read(fields.of(tool), form)
    if problems:
        return _page(tool, form, problems=problems, status=422)
    if form.get("do") not in {"call", "agree"}:
        return _page(tool, form)
    agreed = _agreed(form)
    if calling.costs(tool) and agreed is None:
        return _priced(tool, given)
    answer = calling.call(tool, given, _book(form), agreed)
    return _page(tool, _without_our_key(form), answer=answer)


def _priced(tool: Tool[Any, Any], given: Json) -> Response:
    """The price; a key of ours sees to it that a button pressed twice calls once."""
    form = request.form
    found = calling.price(tool, given, _book(form))
    if isinstance(found, Answered):
        return _page(tool, form, answer=found)
    return _page(tool, {**form, _KEY: form.get(_KEY) or ids.new(_OURS)}, price=found)


def _agreed(form: Mapping[str, str]) -> int | None:
    """The price somebody pressed, if it was that of the tokens it would now spend."""
    tokens, _, book = form.get("agreed", "").partition(" ")
    pressed = form.get("do") == "agree" and book == _book(form)
    return int(tokens) if pressed and _TOKENS.fullmatch(tokens) else None


def _without_our_key(form: Mapping[str, str]) -> Mapping[str, str]:
    return {name: each for name, each in form.items() if not ids.is_id(_OURS, each)}


def _tool(name: str) -> Tool[Any, Any]:
    found = TOOLS.get(name)
    if found is None:
        raise NotFound("There is no such tool.", hint="Choose one of the playground's list.")
    return found


def _book(form: Mapping[str, str]) -> str:
    """The test book, unless somebody ticked that it may cost something."""
    return "live" if form.get("spend") == "yes" else "test"


def _page(
    tool: Tool[Any, Any],
    form: Mapping[str, str],
    *,
    problems: dict[str, str] | None = None,
    answer: Answered | None = None,
    price: int | None = None,
    status: int = 200,
) -> Response:
    shown = fields.of(tool)
    given, _ = fields.read(shown, form)
    return place.page(
        "playground/page.html",
        status,
        tools=TOOLS.values(),
        tool=tool,
        costs=calling.costs(tool),
        fields=shown,
        typed=form,
        spend=_book(form) == "live",
        problems=problems or {},
        price=price,
        answer=answer,
        answer_marked=elsewhere.pretty(answer.text) if answer else "",
        elsewhere=elsewhere.of(tool, given, asked.base()),
    )
