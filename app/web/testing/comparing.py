"""Variants before one panel: the form, its price, and earlier reports side by side."""

from functools import partial

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import sheet
from app.domain.runs.sheet import Sheet
from app.tools.compare import TOOL
from app.web import place
from app.web.services import services
from app.web.testing import beside, blueprint, desk, keeping, quote, variants
from app.web.testing.price import Unpriced
from app.web.testing.quote import Quoted
from app.web.testing.typed import Problems
from app.web.testing.variants import MOST, Comparison

PATH = "/app/compare"


@blueprint.get(PATH)
@place.require(Right.RUN)
def compare() -> Response:
    """The form; with runs named in the address, their texts in it and their reports above it."""
    chosen = request.args.getlist("run")[:MOST]
    runs: list[Sheet] = []
    if chosen:
        with services().database.reading() as session:
            runs = sheet.several(session, place.here().organization.id, chosen)
    return _page(variants.of(runs) if runs else variants.sent({}), runs=runs)


@blueprint.post(PATH)
@place.require(Right.RUN)
def decide_comparison() -> ResponseReturnValue:
    """Start the comparison or save its audience where that was pressed; else change the form."""
    typed, wanted = variants.sent(request.form), request.form.get("do", "")
    if place.is_partial():
        return desk.page("testing/quote.html", quoted=_quoted(typed))
    if wanted == "save":
        panel, problems = keeping.save(typed.panel, desk.saved())
        typed = typed._replace(panel=panel)
        return _page(typed, problems, 422 if problems else 200, kept=not problems)
    if wanted == "start":
        return desk.begun(TOOL, typed, partial(_page, typed))
    return _page(typed.pressed(wanted), pressed=wanted)


def _page(
    typed: Comparison,
    problems: Problems | None = None,
    status: int = 200,
    refused: Unpriced | None = None,
    runs: list[Sheet] | None = None,
    pressed: str = "",
    *,
    kept: bool = False,
) -> Response:
    return desk.form(
        "testing/compare.html",
        status,
        typed.panel,
        problems,
        typed=typed,
        refused=refused,
        quoted=_quoted(typed),
        room=MOST - len(typed.variants),
        pressed=pressed,
        kept=kept,
        beside=beside.of(runs or []),
    )


def _quoted(typed: Comparison) -> Quoted:
    written = typed.content_type != "url" and bool(typed.variants[0].content)
    return quote.of(lambda: typed.orders(desk.saved()), typed.panel.book, written=written)
