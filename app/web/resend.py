"""A form whose time is over is shown once more, with what was typed: nothing is lost."""

from flask import Response, make_response, render_template, request

from app.web import parts

_DASHBOARD = "/app/"
_SECRETS = "/app/settings"  # passwords and codes are typed under here, and are never shown again


def offered(*, signed_out: bool = False) -> Response | None:
    """A page that sends the same again under a token of today; None where that may not be.

    Only the browser itself can say that a form came from a page of ours (Fetch Metadata): what
    another site sent is not offered to anybody's finger.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    typed = request.method == "POST" and request.path.startswith(_DASHBOARD) and not request.files
    if not (ours and typed) or parts.is_partial() or request.path.startswith(_SECRETS):
        return None
    fields = [
        (name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"
    ]
    page = render_template("resend.html", fields=fields, signed_out=signed_out)
    answer = make_response(page, 401 if signed_out else 400)
    answer.headers["Cache-Control"] = "no-store"
    return answer
