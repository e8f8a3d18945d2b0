"""A report to take away: Markdown to read, JSON for programs."""

import json
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from app.domain.rights import Right
from app.domain.runs import sheet
from app.tools.markdown import report_markdown
from app.tools.report import CUT_REWRITE
from app.web import place
from app.web.attachments import attached
from app.web.runs import PATH, blueprint, calls
from app.web.services import services
from app.web.texts import MARKDOWN


@blueprint.get(f"{PATH}.md")
@place.require(Right.READ_RUNS)
def markdown(handle: str) -> ResponseReturnValue:
    """The report as agents read it."""
    return Response(report_markdown(_told(handle)), content_type=MARKDOWN)


@blueprint.get(f"{PATH}.json")
@place.require(Right.READ_RUNS)
def as_json(handle: str) -> ResponseReturnValue:
    """What polis_report answers, with every reaction."""
    told = _told(handle)
    if handle.startswith("run_"):
        with services().database.reading() as session:
            seats = sheet.seats(session, [handle])[handle]
        told["reactions"] = [{"persona": one.persona, **one.body} for one in seats]
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return attached(text, "application/json; charset=utf-8", f"{handle}.json")


def _told(handle: str) -> dict[str, Any]:
    answer = calls.perform("polis_report", handle, run_id=handle)
    told: dict[str, Any] = json.loads(answer.as_text())
    if "report" in told:
        _write_out(told)
    return told


def _write_out(told: dict[str, Any]) -> None:
    """The whole rewrite: a file has room for what an answer to an agent has to cut."""
    with services().database.reading() as session:
        one = sheet.sheet(session, place.here().organization.id, told["run_id"])
    told["report"]["rewrite"] = (one.synthesis or {})["report"]["rewrite"]
    told["content_notice"] = told["content_notice"].replace(f" {CUT_REWRITE}", "")
