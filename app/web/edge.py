"""What every Flask answer shares: our Host, a request id, errors that say how to go on."""

import random
from http import HTTPStatus
from wsgiref.types import WSGIEnvironment

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.bootstrap import Services
from app.errors import PolisError
from app.kit import logs
from app.web import addresses, outermost
from app.web.error_shapes import STATUS, code_of

REQUEST_ID_HEADER = "X-Request-Id"

_HEALTH = {"/healthz", "/readyz"}
_log = logs.logger("web")


def request_id(environ: WSGIEnvironment) -> str:
    """This request's id: made once, told on the answer and in every log line of it."""
    id_: str = environ.setdefault(outermost.REQUEST_ID, f"req_{random.getrandbits(80):020x}")
    environ.setdefault(outermost.ROUTE, environ.get("PATH_INFO", "").rstrip("/"))
    return id_


def guard(app: Flask, services: Services) -> None:
    """Put the checks before, and the headers after, every view."""
    settings = services.settings
    ours = addresses.of(settings)

    @app.before_request
    def _enter() -> tuple[str, int] | None:
        rule = request.url_rule
        request.environ[outermost.ROUTE] = rule.rule if rule else "(none)"
        logs.bind(request_id=request_id(request.environ))
        known = request.path in _HEALTH or addresses.host_allowed(ours, request.headers.get("Host"))
        return None if known else ("This host is not served here.\n", 421)

    @app.after_request
    def _leave(response: Response) -> Response:
        response.headers[REQUEST_ID_HEADER] = request_id(request.environ)
        return response

    @app.errorhandler(PolisError)
    def _refused(error: PolisError) -> ResponseReturnValue:
        answer = failure(STATUS[error.kind], error.code, error.message, error.hint)
        wait = error.details.get("retry_after_s")
        return answer if wait is None else (*answer, {"Retry-After": str(wait)})

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        status = HTTPStatus(error.code or 500)
        answer = failure(status, code_of(status), status.phrase, "Start at /docs.")
        allowed = getattr(error, "valid_methods", None)  # RFC 9110 wants them on a 405
        return (*answer, {"Allow": ", ".join(sorted(allowed))}) if allowed else answer

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> tuple[str | Response, int]:
        _log.error("request.failed", exc_info=error)
        sentence = "Something broke on our side."
        return failure(500, "internal_error", sentence, "Try again; if it stays, write to us.")


def failure(status: int, code: str, message: str, hint: str) -> tuple[str | Response, int]:
    """An error in the shape the asker reads: JSON for programs, a page for people."""
    id_ = request_id(request.environ)
    if request.path.startswith("/api/"):
        error = {"code": code, "message": message, "hint": hint, "request_id": id_}
        return jsonify(error=error), status
    page = render_template("error.html", status=status, message=message, hint=hint, request_id=id_)
    return page, status
