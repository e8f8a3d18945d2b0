"""The report card: a page hosts of MCP Apps show beside polis_report's answer (SEP-1865)."""

from pathlib import Path
from typing import Final

from app.domain.panel import preference
from app.web.mcp.server import Json, Reading

EXTENSION: Final = "io.modelcontextprotocol/ui"
URI: Final = "ui://polis/report"
MIME_TYPE: Final = "text/html;profile=mcp-app"

LISTED: Final[Json] = {
    "uri": URI,
    "name": "report_card",
    "title": "Report card",
    "description": "Shows a report or comparison where the host can; the same is in the answer.",
    "mimeType": MIME_TYPE,
}
_HOUR_MS = 3_600_000


def reading() -> Reading:
    """The page: it asks no network, and hosts are told so."""
    written = Path(__file__).with_name("card.html").read_text()
    text = written.replace("{{ letters }}", preference.LETTERS)
    about = {"ui": {"csp": {}, "prefersBorder": True}}
    content = {"uri": URI, "mimeType": MIME_TYPE, "text": text, "_meta": about}
    return Reading([content], _HOUR_MS, "public")
