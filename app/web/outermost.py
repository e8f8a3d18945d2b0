"""What every answer passes last: safe headers, its count, and its one line in the log.

The line names the route's pattern, never its arguments, and status, time and request id.
"""

import time
from collections.abc import Iterable
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from app.kit import clock, logs, meters
from app.settings import Settings

ROUTE = "polis.route"  # set by whoever knows the pattern
NO_ROUTE = "(none)"  # of a path that whoever asked made up
REQUEST_ID = "polis.request_id"

_POLICY = "Content-Security-Policy"
_STRICT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action {}; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
_HTTPS_ONLY = (("Strict-Transport-Security", "max-age=31536000"),)
_CLASSES = {digit: f"{digit}xx" for digit in "12345"}
_METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None


def policy(*form_targets: str, scripts: bool = False) -> str:
    """The policy of a page whose forms may also end elsewhere: browsers follow their redirects.

    `scripts` lets files of ours run and ask us; nothing else ever runs.
    """
    strict = _STRICT.format(" ".join(("'self'", *form_targets)))
    return f"{strict}; script-src 'self'; connect-src 'self'" if scripts else strict


class Outermost:
    """Middleware around all others; a view may set a policy of its own, nothing else."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        secure = settings.base_url.startswith("https://")
        self._always = _ALWAYS + (_HTTPS_ONLY if secure else ())
        self._policy = policy()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on; finish, count and log its answer."""
        began = time.perf_counter()
        environ["SCRIPT_NAME"] = ""  # where we are is BASE_URL, whatever a header says

        def started(
            status: str, headers: list[tuple[str, str]], exc_info: _ExcInfo = None, /
        ) -> Any:
            _tell(environ, status[:3], time.perf_counter() - began)
            headers.extend(self._always)
            if not any(name == _POLICY for name, _ in headers):
                headers.append((_POLICY, self._policy))
            return start_response(status, headers, exc_info)

        return self._app(environ, started)


def known(environ: WSGIEnvironment) -> tuple[str, str]:
    """A request's method and its route's pattern, in no words but ours."""
    method = environ["REQUEST_METHOD"]
    return method if method in _METHODS else "?", environ.get(ROUTE, "-")


def _tell(environ: WSGIEnvironment, status: str, seconds: float) -> None:
    """Every value is ours, so that nothing needs escaping: this line is on the hot path."""
    method, route = known(environ)
    meters.HTTP.observe(seconds, route, method, _CLASSES[status[0]])
    logs.say(
        f'{{"event":"http","at":"{clock.iso(clock.now())}",'
        f'"method":"{method}","route":"{route}","status":{status},"ms":{seconds * 1000:.1f},'
        f'"request_id":"{environ.get(REQUEST_ID, "-")}"}}\n'
    )
