"""The way back to a client: its redirect address with our answer, and who answers (RFC 9207)."""

from urllib.parse import quote, urlencode

from flask import Response, request

from app.domain.grants.front_door import SentBack
from app.domain.grants.request import AuthorizationRequest
from app.web import asked


def with_code(of: AuthorizationRequest, code: str) -> Response:
    """The code somebody's yes is worth."""
    return _redirect(of.redirect_uri, of.state, {"code": code})


def refused(refusal: SentBack) -> Response:
    """Why there is no code."""
    told = {
        "error": refusal.error,
        "error_description": refusal.message,
        "error_uri": f"{asked.base()}/docs/troubleshooting#{refusal.error}",
    }
    return _redirect(refusal.redirect_uri, refusal.state, told)


def _redirect(redirect_uri: str, state: str | None, answer: dict[str, str]) -> Response:
    """State has one character for each byte that was sent, and each of them goes back."""
    answer = {**answer, **({} if state is None else {"state": state}), "iss": asked.base()}
    query = urlencode(answer, encoding="latin-1", quote_via=quote, safe="")
    joined = "&" if "?" in redirect_uri else "?"
    status = 303 if request.method == "POST" else 302  # what was posted stays here
    headers = {"Location": f"{redirect_uri}{joined}{query}", "Cache-Control": "no-store"}
    return Response(status=status, headers=headers)
