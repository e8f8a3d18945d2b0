"""The way through sign-in and consent, from the address to the code."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from urllib.parse import urlencode, urlsplit

from app.adapters.doctor.case import Case, text
from app.adapters.doctor.masks import shown
from app.adapters.doctor.steps import Step


def authorize(case: Case, step: Step) -> None:
    """Open the authorization address and read what comes back."""
    case.verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    address = _address(case, state)
    step.need("server_document", address.isprintable(), "Cannot open an address like this.")
    step.sent.append(f"GET {shown(address)}")
    told = case.consents.approve(address, case.redirect_uri) if case.consents else {}
    step.came.append(f"back at {case.redirect_uri} with {', '.join(sorted(told)) or 'nothing'}")
    if "error" in told:
        step.came.append(shown(f"error {told['error']}: {told.get('error_description', '')}"))
    step.need("authorization", told.get("code"), "Gets no code: the sign-in has failed.")
    step.need("state_mismatch", told.get("state") == state, "Drops an answer it never asked for.")
    _issuer(case, step, told.get("iss"))
    case.code = told["code"]


def _issuer(case: Case, step: Step, iss: str | None) -> None:
    promised = case.server.get("authorization_response_iss_parameter_supported") is True
    step.expect("iss_missing", iss or not promised, "Drops an answer without the promised iss.")
    step.expect("iss_mismatch", iss in {None, case.issuer}, f"Drops an answer of {iss}.")


def _address(case: Case, state: str) -> str:
    digest = hashlib.sha256(case.verifier.encode()).digest()
    facts = {
        "response_type": "code",
        "client_id": text(case.client, "client_id"),
        "redirect_uri": case.redirect_uri,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "state": state,
        "scope": case.scope,
        "resource": text(case.resource, "resource") or case.url,
        "prompt": case.profile.prompt,
    }
    endpoint = text(case.server, "authorization_endpoint")
    joint = "&" if urlsplit(endpoint).query else "?"
    return endpoint + joint + urlencode({name: each for name, each in facts.items() if each})
