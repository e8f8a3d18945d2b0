"""Where the payment provider's notices arrive: kept and answered at once, applied by a worker."""

from flask import Blueprint, Response, abort, jsonify, request

from app.domain.billing.biller import BadNotice
from app.kit import clock, logs, meters
from app.web.services import services

blueprint = Blueprint("payments", __name__)

_MOST_BYTES = 256 * 1024
_log = logs.logger("payments")


@blueprint.post("/webhooks/stripe")
def received() -> Response:
    """A signed notice; whoever sends anything else learns nothing but that it was refused."""
    body = request.get_data() if (request.content_length or 0) <= _MOST_BYTES else b""
    if not 0 < len(body) <= _MOST_BYTES:  # its length need not be told, nor be true
        abort(413)
    signature = request.headers.get("Stripe-Signature", "")
    try:
        services().till.receive(body, signature, clock.now())
    except BadNotice as bad:
        meters.NOTICES.add("refused")
        _log.warning("payments.notice_refused", why=bad.message)
        abort(400, "This is no notice of our payment provider.")
    meters.NOTICES.add("taken")
    return jsonify({"received": True})
