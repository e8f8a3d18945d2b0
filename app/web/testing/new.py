"""A new test: its form, what it would cost, and who would read."""

from functools import partial

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import sheet
from app.tools.test import TOOL
from app.web import place
from app.web.services import services
from app.web.testing import blueprint, desk, keeping, quote, test
from app.web.testing.price import Unpriced
from app.web.testing.quote import Quoted
from app.web.testing.test import Test
from app.web.testing.typed import Problems

PATH = "/app/new"


@blueprint.get(PATH)
@place.require(Right.RUN)
def new() -> Response:
    """The form, empty or as an earlier run was asked."""
    return _page(_first())


@blueprint.post(PATH)
@place.require(Right.RUN)
def decide() -> ResponseReturnValue:
    """Start the test where that was pressed; else say what it would cost."""
    typed, wanted = test.sent(request.form), request.form.get("do", "")
    if place.is_partial():
        return desk.page("testing/quote.html", quoted=_quoted(typed))
    if wanted == "save":
        kept, problems = keeping.save(typed.panel, desk.saved())
        typed = typed._replace(panel=kept)
        return _page(typed, problems, 422 if problems else 200, kept=not problems)
    return desk.begun(TOOL, typed, partial(_page, typed)) if wanted == "start" else _page(typed)


def _first() -> Test:
    chosen = request.args.get("from", "")
    if not chosen:
        return test.sent({"saved": request.args.get("audience", "")[:60]})
    with services().database.reading() as session:
        run = sheet.sheet(session, place.here().organization.id, chosen)
    return test.again(run, rewritten="rewrite" in request.args)


def _page(
    typed: Test,
    problems: Problems | None = None,
    status: int = 200,
    refused: Unpriced | None = None,
    *,
    kept: bool = False,
) -> Response:
    return desk.form(
        "testing/new.html",
        status,
        typed.panel,
        problems,
        typed=typed,
        refused=refused,
        quoted=_quoted(typed),
        kept=kept,
    )


def _quoted(typed: Test) -> Quoted:
    written = typed.content_type != "url" and bool(typed.content.strip())
    return quote.of(lambda: [typed.order(desk.saved())], typed.panel.book, written=written)
