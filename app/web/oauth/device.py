"""Where a device asks for a code that a person types elsewhere (RFC 8628 §3.1)."""

from flask import Response, request

from app.domain.grants import device
from app.domain.grants.answers import Denied
from app.domain.grants.device import Asked, Codes
from app.kit import clock
from app.web import asked as asked_of
from app.web import network
from app.web.oauth import answers, blueprint, counting, flows, presented, program
from app.web.services import services

PAGE = "/device"


@blueprint.post("/api/oauth/device")
def device_authorization() -> Response:
    """A code for the device and one for its person, or the reason there are none."""
    asking, now = program.here(), clock.now()
    sent, shown = asking.form, presented.read(asking)
    counting.client("device", shown.client_id, now)
    named = flows.named(asking.services, sent.get("resource"))
    if isinstance(named, Denied):
        return answers.error(named.error, named.description)
    asked = Asked(sent.get("scope"), named, network.address(), request.user_agent.string)
    client = presented.proved(asking, shown, now)
    with services().transaction() as session:
        made = device.ask(session, client, asked, services().links.keys, now)
    if isinstance(made, Denied):
        return answers.error(made.error, made.description)
    return _told(made)


def _told(made: Codes) -> Response:
    page = f"{asked_of.base()}{PAGE}"
    return answers.told(
        {
            "device_code": made.device_code,
            "user_code": made.user_code,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?user_code={made.user_code}",
            "expires_in": int(device.LIFE.total_seconds()),
            "interval": device.INTERVAL_S,
        }
    )
