"""A tool called by its path: JSON in, the same JSON out as in MCP's structured content."""

from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from typing import Any

from app.bootstrap import Services
from app.docs.discovery import openapi
from app.docs.statuses import STATUSES
from app.domain.callers import Caller
from app.errors import InvalidInput, PolisError
from app.tools import TOOLS
from app.tools.base import Output, Tool
from app.web.desk.desk import Desk, Noted, Told
from app.web.desk.waits import Waits, Watched
from app.web.door import json_text
from app.web.door.door import JSON, NO_STORE, Count
from app.web.door.http import Header, Refused, Request, Response
from app.web.door.json_text import Unparsable
from app.web.error_shapes import STATUS, code_of

PATHS = {openapi.path_of(tool): tool for tool in TOOLS.values()}


class Rest:
    """The tools behind their paths."""

    def __init__(self, services: Services, waits: Waits, noted: Noted) -> None:
        self._services = services
        self._waits = waits
        self._noted = noted

    def answer(self, request: Request, caller: Caller, body: bytes, count: Count) -> Response:
        """Run the tool of the path; a refusal is the same body under a status of its own."""
        count(1)
        tool = PATHS[request.path]
        if not tool.is_there_for(caller):
            raise Refused(404)
        try:
            arguments = json_text.loads(body)
        except Unparsable as broken:
            raise Refused(400, message=f"{broken}.") from None
        desk = Desk(self._services, caller, request.id, self._noted)
        told = self._told(desk, tool, arguments, request)
        headers = [JSON, NO_STORE, *_wait(told.refusal)]
        status = 200 if told.refusal is None else STATUS[told.refusal.kind]
        return Response(status, headers, json_text.encode(told.text))

    def refusal(self, refusal: Refused, request_id: str) -> bytes:
        """A refusal of the request itself, in the shape of a tool's."""
        status = HTTPStatus(refusal.status)
        message = refusal.message or f"{status.phrase}."
        hint = refusal.hint or STATUSES[status].hint
        code = refusal.code or code_of(status)
        return _error(code, message, hint, request_id, refusal.details)

    def broken(self, request_id: str) -> bytes:
        """The same for a mistake of ours."""
        words = "Something broke on our side."
        return _error(STATUSES[500].code, words, STATUSES[500].hint, request_id, {})

    def _told(self, desk: Desk, tool: Tool[Any, Any], arguments: object, request: Request) -> Told:
        try:
            if not isinstance(arguments, dict):
                raise InvalidInput("The body must be a JSON object.", hint="Send {} for none.")
            given, answer = desk.perform(tool, arguments)
        except PolisError as error:
            return desk.refused(error)
        if tool.waiting is None or tool.waiting.seconds(given, answer) <= 0:
            return desk.told(answer, fresh=tool.writes)
        watched = self._waits.watch(desk, tool, given, answer, request.closed)
        return desk.told(_last(watched), fresh=True)


def _last(watched: Watched) -> Output:
    """What it came to; nobody here is told how far it got."""
    with closing(watched):
        while True:
            try:
                next(watched)
            except StopIteration as stop:
                latest: Output = stop.value
                return latest


def _wait(refusal: PolisError | None) -> list[Header]:
    seconds = refusal.details.get("retry_after_s") if refusal else None
    return [] if seconds is None else [("Retry-After", str(seconds))]


def _error(
    code: str, message: str, hint: str, request_id: str, details: Mapping[str, object]
) -> bytes:
    error = {
        "code": code,
        "message": message,
        "hint": hint,
        "details": details,
        "request_id": request_id,
    }
    return json_text.encode(json_text.dumps({"error": error}))
