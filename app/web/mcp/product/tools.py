"""The tools on the wire: listed by scope, called, waited for, turned into tasks."""

from functools import cache, partial

from app.bootstrap import Services
from app.docs import about
from app.domain.callers import FULL, Caller
from app.errors import PolisError
from app.tools import TOOLS, unsold
from app.web.desk.desk import Desk, Noted
from app.web.desk.waits import Waits, Watched
from app.web.mcp.problems import UnknownCursor, UnknownTool
from app.web.mcp.product import card
from app.web.mcp.product.consent_to_pay import ConsentToPay
from app.web.mcp.product.tasks import result, started
from app.web.mcp.product.watching import progress
from app.web.mcp.server import Context, Json, Listing, Outcome, Streamed

HOUR_MS = 3_600_000
_STREAMING = {"polis_status", "polis_thread"}


class ProductTools:
    """The eleven tools; what a caller may not use is not listed."""

    def __init__(
        self, services: Services, waits: Waits, consent: ConsentToPay, noted: Noted
    ) -> None:
        self._services = services
        self._waits = waits
        self._consent = consent
        self._noted = noted
        # Each is made for the first who asks: their schemas are a tenth of what a start takes.
        self._listing = cache(partial(_listing, services.settings.base_url))

    def list(self, context: Context, cursor: str | None) -> Listing:
        """The tools that are there for the caller, always in the same order, on one page."""
        if cursor is not None:
            raise UnknownCursor
        caller: Caller = context.caller
        return self._listing(full=caller.may(FULL), never_sells=caller.never_sells)

    def streams(self, context: Context, name: str, arguments: Json) -> bool:
        """Progress is told for calls that wait and asked for it."""
        waits = isinstance(arguments.get("wait_s"), int) and arguments["wait_s"] > 0
        return name in _STREAMING and waits and context.progress_token is not None

    def call(self, context: Context, name: str, arguments: Json) -> Outcome | Streamed:
        """Run a tool; a refusal is a result."""
        caller: Caller = context.caller
        tool = TOOLS.get(name)
        if tool is None or not tool.is_there_for(caller):
            raise UnknownTool(name)
        desk = Desk(self._services, caller, context.request_id, self._noted)
        try:
            if self._consent.asks(context, desk, tool):
                return self._consent.call(context, desk, arguments)
            given, answer = desk.perform(tool, arguments)
        except PolisError as error:
            return result(desk.refused(error))
        handle = tool.becomes_task(given, answer) if tool.becomes_task else None
        if handle is not None and context.wants_task:
            return started(desk, handle)
        if context.can_wait and tool.waiting and tool.waiting.seconds(given, answer) > 0:
            watched = self._waits.watch(desk, tool, given, answer, context.closed)
            return _streamed(desk, watched)
        return result(desk.told(answer, fresh=tool.writes))


def _listing(base_url: str, *, full: bool, never_sells: bool) -> Listing:
    """What callers of one kind are shown; it is kept, so that it is serialised once."""
    described = {
        name: unsold.describe(tool) if never_sells else tool.describe()
        for name, tool in TOOLS.items()
        if (full or tool.scope != FULL) and not (never_sells and tool.sells)
    }
    described["polis_report"]["_meta"] = {"ui": {"resourceUri": card.URI}}
    look = {"icons": about.icons(base_url)}
    return Listing([each | look for each in described.values()], HOUR_MS, "private")


def _streamed(desk: Desk, watched: Watched) -> Streamed:
    """Progress for whoever wants it, then the answer."""
    latest = yield from progress(watched)
    return result(desk.told(latest, fresh=True))
