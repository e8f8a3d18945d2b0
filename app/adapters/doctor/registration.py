"""A throw-away client: registered, and removed again whatever happened in between."""

from app.adapters.doctor.case import Case, text
from app.adapters.doctor.steps import Step
from app.adapters.doctor.wire import origin

NAME = "Connector check"


def register(case: Case, step: Step) -> None:
    """Register as the client would."""
    endpoint = text(case.server, "registration_endpoint")
    step.need("registration", endpoint, "Needs a client id from somewhere else.")
    wanted = {
        "client_name": NAME,
        "redirect_uris": [case.redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": case.profile.auth_method,
    }
    answer = case.wire.post_json(step, endpoint, wanted, {})
    case.client = answer.facts if answer.status in {200, 201} else {}
    step.need("registration", text(case.client, "client_id"), "Cannot register and gives up.")
    nothing = sorted(name for name, value in case.client.items() if value is None)
    step.expect("null_members", not nothing, f"Cannot read null where a value belongs: {nothing}")
    method = case.client.get("token_endpoint_auth_method")
    step.expect(
        "method_not_echoed", method == case.profile.auth_method,
        f"Asked for {case.profile.auth_method}, was told {method}, and gives up.",
    )  # fmt: skip
    back = case.client.get("redirect_uris")
    step.expect("redirects_not_echoed", back == [case.redirect_uri], "Trusts its own list.")


def remove(case: Case, step: Step) -> None:
    """Delete the client and with it all it was granted."""
    address = text(case.client, "registration_client_uri")
    token = text(case.client, "registration_access_token")
    endpoint = text(case.server, "registration_endpoint")
    known = address and token and origin(address) == origin(endpoint)
    step.need("left_behind", known, "This check's client stays registered: it cannot be removed.")
    answer = case.wire.send(step, "DELETE", address, headers={"Authorization": f"Bearer {token}"})
    step.expect("left_behind", answer.status == 204, "This check's client stays registered.")
