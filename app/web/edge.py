"""What every Flask answer shares: our Host, a request id, errors that say how to go on."""

from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound

from app.bootstrap import Services
from app.errors import PolisError
from app.kit import logs, meters
from app.web import addresses, near, outermost, place
from app.web.error_shapes import STATUS, code_of, details_of
from app.web.failures import failure
from app.web.request_ids import request_id

__all__ = ["REQUEST_ID_HEADER", "failure", "guard", "request_id"]
REQUEST_ID_HEADER = "X-Request-Id"

_ANY_HOST = {"/healthz", "/readyz", "/metrics"}  # asked by address
_log = logs.logger("web")


def guard(app: Flask, services: Services) -> None:
    """Put the checks before, and the headers after, every view."""
    settings = services.settings
    ours = addresses.of(settings)

    @app.before_request
    def _enter() -> tuple[str, int] | None:
        rule = request.url_rule
        request.environ[outermost.ROUTE] = rule.rule if rule else outermost.NO_ROUTE
        logs.bind(request_id=request_id(request.environ))
        known = request.path in _ANY_HOST or addresses.host_allowed(
            ours, request.headers.get("Host")
        )
        return None if known else ("This host is not served here.\n", 421)

    @app.before_request
    def _nowhere() -> Response | None:
        """Whoever is signed in stays in the dashboard; others are shown the nearest pages."""
        lost = isinstance(request.routing_exception, NotFound) and place.of_dashboard()
        here = place.anywhere() if lost else None
        if here is None:
            return None
        code, said = code_of(HTTPStatus.NOT_FOUND), HTTPStatus.NOT_FOUND.phrase
        return failure(404, code, said, "", near.in_dashboard(here, request.path))

    @app.after_request
    def _leave(response: Response) -> Response:
        response.headers[REQUEST_ID_HEADER] = request_id(request.environ)
        return response

    _errors(app)


def _errors(app: Flask) -> None:
    """Answer whatever is raised in its asker's shape."""

    @app.errorhandler(PolisError)
    def _refused(error: PolisError) -> Response:
        meters.REFUSALS.add(error.code)
        told = error.code, error.message, error.hint
        answer = failure(STATUS[error.kind], *told, details=details_of(error))
        wait = error.details.get("retry_after_s")
        if wait is not None:
            answer.headers["Retry-After"] = str(wait)
        return answer

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = HTTPStatus(error.code or 500)
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        hint = f"This address takes {allowed}." if allowed else "Start at /docs."
        answer = failure(status, code_of(status), status.phrase, hint)
        if allowed:  # RFC 9110 wants them on a 405
            answer.headers["Allow"] = allowed
        return answer

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> Response:
        _log.error("request.failed", exc_info=error)
        sentence = "Something broke on our side."
        return failure(500, "internal_error", sentence, "Try again; if it stays, write to us.")
