"""OAuth as the pages tell it: scopes, lifetimes, figures, and what each refusal means."""

from datetime import timedelta
from typing import Any

from app.domain.clients import (
    developer_app,
    document_text,
    documents,
    names,
    redirects,
    shipped,
    sweep,
)
from app.domain.clients import secrets as client_secrets
from app.domain.grants import (
    approve,
    codes,
    device,
    forms,
    id_tokens,
    own,
    rules,
    scopes,
    terms,
    tidy,
    tokens,
)
from app.settings import Settings

REGISTRATION_KB = 16
"""How large a registration may be; a test holds it to the endpoint."""
SLOWER_SECONDS = 5
"""What a client adds to its interval after `slow_down`: RFC 8628 §3.5 says so."""

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_DEVICE_MINUTES = device.LIFE // _MINUTE
_MEANINGS = {
    "mcp": "everything the tools do, up to the limit; what is asked for where nothing is named",
    "mcp:read": "the free tools that read: account, estimate, status, report, thread, runs",
    "openid": "a stable id of whoever approved, by an `id_token` and userinfo",
    "profile": "the name of the person",
    "email": "the e-mail address of the person, and whether it is proved",
    "offline_access": "to stay connected without asking again; refresh tokens come without it too",
}
ERRORS = {
    "invalid_request": (
        "The request is incomplete, says something twice or has the wrong form. The token "
        "endpoint takes form encoding by POST, registration takes a JSON object of at most "
        f"{REGISTRATION_KB} kB."
    ),
    "invalid_client": (
        "The client is not known here, has ended, or did not prove itself the way it registered. "
        "Register again, or compare the client id and secret with the dashboard."
    ),
    "invalid_client_metadata": (
        "A field of the registration cannot be accepted; `error_description` names it."
    ),
    "invalid_redirect_uri": (
        f"1 to {redirects.MOST} redirect URIs of at most {redirects.LONGEST} characters: https, "
        "http on 127.0.0.1, [::1] or localhost, or a private-use scheme of a public client. No "
        "wildcard, fragment, user or password. A request must name one of them as it was "
        "registered; the port of a loopback address is free."
    ),
    "invalid_grant": (
        "The code or refresh token is used, expired, ended or another client's. Connect again."
    ),
    "invalid_scope": "A scope is unknown, or more than the client or the grant may have.",
    "insufficient_scope": (
        "The token does not reach this: a tool needs `mcp`, userinfo needs `openid`. Ask the "
        "person again, with all scopes the challenge names."
    ),
    "invalid_target": "`resource` is not an address of our MCP endpoint.",
    "invalid_token": "The bearer has ended or is not ours. Refresh it, or connect again.",
    "unauthorized_client": "The client did not register for this grant.",
    "unsupported_grant_type": "This grant is not offered; the metadata lists those that are.",
    "unsupported_response_type": "`response_type` is `code`; there is no other.",
    "request_not_supported": "Requests are sent as plain parameters, not as a `request` object.",
    "request_uri_not_supported": "Requests are sent as plain parameters, not by `request_uri`.",
    "registration_not_supported": "Clients register at the registration endpoint beforehand.",
    "login_required": (
        "`prompt=none` was asked and nobody is signed in, or not lately enough, or somebody else. "
        "Ask again without it."
    ),
    "consent_required": "`prompt=none` was asked and the person has to approve. Ask without it.",
    "interaction_required": (
        "`prompt=none` was asked and the person has to prove their address. Ask again without it."
    ),
    "access_denied": "The person said no, or may not say yes.",
    "authorization_pending": "Nobody has answered the device's code yet. Poll again in `interval`.",
    "slow_down": (
        f"The device polled too early: wait {SLOWER_SECONDS} seconds longer from now on."
    ),
    "expired_token": (
        f"Nobody answered the device's code within {_DEVICE_MINUTES} minutes. Ask for a new one."
    ),
    "temporarily_unavailable": "Too many requests or a short outage: wait for `Retry-After`.",
    "server_error": "Something broke on our side. Try again; if it stays, write to us.",
}


def facts(settings: Settings) -> dict[str, Any]:
    """What the pages on OAuth may say without writing it down."""
    return {
        "scopes": [(scope, _MEANINGS[scope]) for scope in scopes.ALL],
        "oauth": _figures(),
        "oauth_errors": ERRORS,
        "lifetimes": _lifetimes(settings),
    }


def _lifetimes(settings: Settings) -> dict[str, int]:
    """How long what OAuth gives out lives."""
    return {
        "code_minutes": codes.LIFE // _MINUTE,
        "access_days": tokens.ACCESS_LIFE.days,
        "refresh_days": approve.REFRESH_LIFE.days,
        "grace_seconds": settings.refresh_grace_seconds,
        "device_minutes": _DEVICE_MINUTES,
    }


def _figures() -> dict[str, int]:
    return {
        "own_minutes": own.LIFE_S // 60,
        "id_token_minutes": id_tokens.LIFE // _MINUTE,
        "overlap_hours": client_secrets.OVERLAP // _HOUR,
        "unused_hours": sweep.UNUSED_FOR // _HOUR,
        "redirects": redirects.MOST,
        "redirect_length": redirects.LONGEST,
        "name_length": names.LONGEST,
        "state_length": rules.LONGEST_STATE,
        "least_access_hours": developer_app.ACCESS_LIFE[0] // _HOUR,
        "least_refresh_days": developer_app.REFRESH_LIFE[0].days,
        "document_length": document_text.LONGEST_ADDRESS,
        "document_seconds": int(documents.SECONDS),
        "document_minutes": documents.KEPT_LEAST // _MINUTE,
        "document_hours": documents.KEPT_MOST // _HOUR,
        "document_stale_days": documents.STALE.days,
        "copy_days": shipped.COUNTS_FOR.days,
        "consent_minutes": forms.LIFE // _MINUTE,
        "unverified_tokens": terms.UNVERIFIED_TOKENS,
        "unverified_days": terms.UNVERIFIED_DAYS,
        "device_seconds": device.INTERVAL_S,
        "slower_seconds": SLOWER_SECONDS,
        "dead_days": tidy.KEPT.days,
    }
