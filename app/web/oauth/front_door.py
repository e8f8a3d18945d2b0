"""The token endpoint before Flask: what well-behaved clients send is answered without a framework.

Anything else, a preflight, another method, another form of body, is left to the view of the same
endpoint, so that every oddity is still answered in one place.
"""

from collections.abc import Callable
from urllib.parse import parse_qs

from app.bootstrap import Services
from app.domain import networks
from app.domain.limits import Allowance
from app.errors import PolisError
from app.kit import logs
from app.web import addresses
from app.web.door import json_text, mishaps
from app.web.door.http import Request, Response, Unreadable
from app.web.oauth import cors, form, replies
from app.web.oauth.program import Program
from app.web.oauth.replies import Reply
from app.web.rate_headers import rate_headers

_LARGEST_FORM = 64 * 1024
_BROKEN = "Something broke on our side; try again."
_JSON = ("Content-Type", "application/json")


class FrontDoor:
    """Answers one endpoint's ordinary requests; None where Flask should."""

    def __init__(self, services: Services, answer: Callable[[Program], Reply]) -> None:
        self._services = services
        self._answer = answer
        self._ours = addresses.of(services.settings)

    def __call__(self, request: Request) -> Response | None:
        """The reply with everything an answer of ours carries, or None."""
        if not self._is_ordinary(request):
            return None
        logs.bind(request_id=request.id)
        left: list[Allowance] = []
        reply = self._reply(request, left.append)
        headers = [_JSON, *reply.headers, *cors.READABLE, ("X-Request-Id", request.id)]
        if left:
            headers += rate_headers(left[-1])
        return Response(reply.status, headers, json_text.dumps(reply.body).encode())

    def _is_ordinary(self, request: Request) -> bool:
        headers = request.headers
        length = headers.get("content-length", "")
        return (
            request.method == "POST"
            and headers.get("content-type", "").partition(";")[0].strip().lower() == form.TYPE
            and length.isdecimal()
            and int(length) <= _LARGEST_FORM
            and addresses.host_allowed(self._ours, headers.get("host"))
        )

    def _reply(self, request: Request, told: Callable[[Allowance], None]) -> Reply:
        base = self._services.settings.base_url
        return mishaps.answered(
            lambda: self._answer(self._program(request, told)),
            refusal=lambda mishap: _refusal(base, mishap),
            broken=lambda: replies.error(base, "server_error", _BROKEN, 500),
            request_id=request.id,
        )

    def _program(self, request: Request, told: Callable[[Allowance], None]) -> Program:
        headers, settings = request.headers, self._services.settings
        sent = request.body().decode(errors="replace")
        lists = parse_qs(sent, keep_blank_values=True)
        forwarded = headers.get("x-forwarded-for", "")
        return Program(
            self._services,
            headers.get("authorization", ""),
            form.parameters(form.TYPE, lists.items()),
            networks.asking(request.peer, forwarded, settings.trusted_proxies),
            addresses.base_for(self._ours, headers.get("host")),
            told,
        )


def _refusal(base: str, mishap: Exception) -> Reply | None:
    if isinstance(mishap, PolisError):
        return replies.refused(base, mishap)
    if isinstance(mishap, Unreadable):
        return replies.error(base, "invalid_request", "The request cannot be read.")
    return None
