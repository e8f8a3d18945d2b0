"""Forms of ours prove that they are: a token bound to the browser's signed cookie.

The cookie is set by pages with a form and by no others; it says nothing of who is signed in.
"""

from datetime import timedelta

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import (  # type: ignore[import-untyped] # ships no types
    CSRFError,
    CSRFProtect,
)

from app.bootstrap import Services
from app.web import resend
from app.web.failures import failure

# First parts of addresses that no cookie opens: bearers, signed links, clients' own secrets, votes.
NO_COOKIE = {"api", "pay", "billing", "helpful", "token", "register", "webhooks"}
_SAFE = {"GET", "HEAD", "OPTIONS"}


def guard(app: Flask, services: Services) -> None:
    """Refuse whatever would change something and comes from no form of ours."""
    _configure(app, services)
    protection = CSRFProtect(app)

    @app.before_request
    def _ours() -> None:
        changing = request.url_rule is not None and request.method not in _SAFE
        if changing and not _is_without(request):
            protection.protect()

    @app.errorhandler(CSRFError)
    def _foreign(_error: CSRFError) -> Response:
        again = resend.offered()
        if again is not None:
            return again
        message = "This form is not valid any more."
        hint = "Go back, reload the page and send it again. Nothing was changed."
        return failure(400, "invalid_request", message, hint)


def _is_without(request: Request) -> bool:
    return request.path.split("/")[1] in NO_COOKIE


def keys(services: Services) -> tuple[str, ...]:
    """The installation's secrets: the first signs, all verify."""
    return services.links.keys


class _FormCookie(SecureCookieSessionInterface):
    """The cookie of forms: an answer that was made with it, or for somebody, is kept nowhere.

    Asked through `flask.session` every answer would count as made with it.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None where no cookie opens anything: what would write to it there is a mistake."""
        return None if _is_without(request) else super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.accessed or "_login_user" in g:
            response.headers.setdefault("Cache-Control", "no-store")
        super().save_session(app, session, response)


def _configure(app: Flask, services: Services) -> None:
    app.session_interface = _FormCookie()
    secure = services.settings.base_url.startswith("https://")
    current, *older = services.links.keys
    app.secret_key = current
    app.config.update(
        SECRET_KEY_FALLBACKS=older,
        SESSION_COOKIE_NAME="__Host-polis_form" if secure else "polis_form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=90),
        WTF_CSRF_CHECK_DEFAULT=False,  # checked below, where addresses are left out
        WTF_CSRF_SECRET_KEY=[*reversed(older), current],  # the last signs, all verify
        WTF_CSRF_TIME_LIMIT=None,  # as long as its cookie
        WTF_CSRF_SSL_STRICT=False,  # no page of ours sends a referrer
    )
