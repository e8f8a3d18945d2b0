"""Where secrets of ours that turned up in public are reported: by GitHub, and by anybody.

Whoever asks learns nothing: a live secret, a dead one and one we never issued are answered alike.
"""

import hashlib

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.domain import leaked, leaks, networks, scanning
from app.domain.leaks import Report
from app.domain.limits import Limit, RateLimited
from app.errors import Conflict, InvalidInput
from app.kit import clock
from app.web import counted, network
from app.web.services import services

blueprint = Blueprint("leaks", __name__)

_MOST_BYTES = 256 * 1024
_NOT_OURS = "This is no secret of Polis: prefix, length or checksum do not fit."
_ONCE = Limit("leak_message", 1, 86_400, 1, "message")
_BY_FORM = "somebody who used our form"


@blueprint.post("/api/integrations/github/secret-scanning")
def github() -> Response:
    """What GitHub's secret scanning found; each match is answered with whether it was ours."""
    if (request.content_length or 0) > _MOST_BYTES:
        abort(413)
    key_id = request.headers.get("Github-Public-Key-Identifier", "")
    if not key_id:  # nothing to look GitHub's keys up for
        abort(400, "This names no key.")
    body, its, now = request.get_data(), services(), clock.now()
    pem = scanning.key(its.key_sets, key_id, now)
    if pem is None:
        abort(400, "This key is not one of GitHub's.")
    if not scanning.is_signed(body, request.headers.get("Github-Public-Key-Signature", ""), pem):
        abort(403, "The signature does not fit.")
    answers = [_answered(match) for match in scanning.matches(body)]
    _refuse_again(body)
    return jsonify(answers)


@blueprint.get("/report-leak")
def form() -> str:
    """The form for whoever found a secret of ours."""
    return render_template("leaks/report.html", problems={}, where="")


@blueprint.post("/report-leak")
def reported() -> ResponseReturnValue:
    """End what was found; the sentence is the same whatever it was."""
    its, now = services(), clock.now()
    counted.take("leak_reports", networks.of(network.address()), now)
    secret, where = request.form.get("secret", "").strip(), request.form.get("where", "")
    problems = _problems(secret, where)
    if problems:
        return render_template("leaks/report.html", problems=problems, where=where), 422
    told = Report(_BY_FORM, leaks.checked_where(where))
    with its.transaction() as session:
        leaks.report(session, secret, told, now)
    return render_template("leaks/reported.html")


def _answered(match: scanning.Match) -> dict[str, str]:
    told = Report(scanning.REPORTER, _where(match.url))
    with services().transaction() as session:
        ours = leaks.report(session, match.token, told, clock.now())
    label = "true_positive" if ours else "false_positive"
    return {"token_raw": match.token, "token_type": match.type, "label": label}


def _where(url: str) -> str:
    """A place we cannot read is left out: the secret is dead all the same."""
    try:
        return leaks.checked_where(url)
    except InvalidInput:
        return ""


def _refuse_again(body: bytes) -> None:
    """The same message a second time did nothing, and is told so."""
    try:
        services().rates.take(_ONCE, hashlib.sha256(body).hexdigest(), clock.now())
    except RateLimited:
        raise Conflict("This message was answered before.") from None


def _problems(secret: str, where: str) -> dict[str, str]:
    problems = {} if leaked.prefix_of(secret) else {"secret": _NOT_OURS}
    try:
        leaks.checked_where(where)
    except InvalidInput as error:
        problems["where"] = error.message
    return problems
