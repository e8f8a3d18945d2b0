"""Resources: the documentation's pages, and the reports of the caller's runs."""

import json
from typing import cast

from app.bootstrap import Services
from app.docs import twins
from app.docs.published import published
from app.errors import InvalidInput, NotFound
from app.tools import report
from app.tools.fitting import LARGEST_ANSWER
from app.tools.markdown import report_markdown
from app.tools.report import Report
from app.web.desk.desk import Desk
from app.web.door import json_text
from app.web.mcp.problems import UnknownCursor, UnknownResource
from app.web.mcp.product import card
from app.web.mcp.server import Context, Json, Listing, Reading

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
_DOCS = "polis://docs/"
_RUNS = "polis://runs/"


class ProductResources:
    """Reads by URI; somebody else's run does not exist."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._catalogue = published(services.settings)
        self._listing = Listing(
            [
                {
                    "uri": f"{_DOCS}{page.slug}",
                    "name": page.slug,
                    "title": page.title,
                    "description": page.summary,
                    "mimeType": "text/markdown",
                }
                for page in self._catalogue.pages
            ]
            + [card.LISTED],
            HOUR_MS,
            "public",
        )
        self._card = card.reading()
        self._templates = Listing(_TEMPLATES, HOUR_MS, "public")

    def list(self, _context: Context, cursor: str | None) -> Listing:
        """Every page of the documentation, and the report card."""
        if cursor is not None:
            raise UnknownCursor
        return self._listing

    def templates(self, _context: Context, cursor: str | None) -> Listing:
        """Reports by run."""
        if cursor is not None:
            raise UnknownCursor
        return self._templates

    def read(self, context: Context, uri: str) -> Reading:
        """A page as Markdown, a report as Markdown and JSON, or the card reports are shown on."""
        if uri == card.URI:
            return self._card
        if uri.startswith(_DOCS):
            return self._page(uri)
        if uri.startswith(_RUNS) and uri.endswith("/report"):
            return self._report(context, uri)
        raise UnknownResource(uri)

    def _page(self, uri: str) -> Reading:
        page = self._catalogue.page(uri.removeprefix(_DOCS))
        if page is None:
            raise UnknownResource(uri)
        text = twins.twin(self._catalogue, page)
        return Reading([_text(uri, "text/markdown", text)], HOUR_MS, "public")

    def _report(self, context: Context, uri: str) -> Reading:
        run_id = uri.removeprefix(_RUNS).removesuffix("/report")
        desk = Desk(self._services, context.caller, context.request_id)
        try:
            found = desk.perform(report.TOOL, {"run_id": run_id})[1]
        except (NotFound, InvalidInput):  # anything else may be worth another try
            raise UnknownResource(uri) from None
        answer = cast("Report", found)
        return Reading(_both(uri, answer), MINUTE_MS if answer.ready else 0, "private")


def _both(uri: str, answer: Report) -> list[Json]:
    """The report for reading and for programs, with as many reactions as both have room for."""
    found = json.loads(answer.as_text())
    spare = [each for each in found.get("reactions", ()) if not _is_quoted(each, answer)]
    while True:
        contents = [
            _text(uri, "text/markdown", report_markdown(found)),
            _text(uri, "application/json", json_text.dumps(found)),
        ]
        if not spare or len(json_text.dumps(contents)) <= LARGEST_ANSWER:
            return contents
        found["reactions"].remove(spare.pop())


def _is_quoted(reaction: Json, answer: Report) -> bool:
    return reaction["persona"]["id"] in report.quoted_in(answer)


def _text(uri: str, mime_type: str, text: str) -> Json:
    return {"uri": uri, "mimeType": mime_type, "text": text}


_TEMPLATES: list[Json] = [
    {
        "uriTemplate": "polis://runs/{run_id}/report",
        "name": "report",
        "title": "Report of a run",
        "description": "The report as Markdown and as JSON.",
        "mimeType": "text/markdown",
    }
]
