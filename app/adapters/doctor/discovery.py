"""From an address somebody pasted to the endpoints of its authorization server."""

import re
from urllib.parse import urlsplit

from app.adapters.doctor.case import Case, strings, text
from app.adapters.doctor.protocol import asked
from app.adapters.doctor.steps import Step

_PARAMETER = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')
_RESOURCE, _SERVER = "oauth-protected-resource", "oauth-authorization-server"


def challenge(case: Case, step: Step) -> None:
    """An MCP call with no credential is answered 401 and says where to look."""
    answer = asked(case, step, "initialize", "")
    said = answer.headers.get("WWW-Authenticate", "")
    unreachable = f"Nothing answers at {case.url}: start the server, or check the address."
    step.need("nothing_answers", answer.status, unreachable)
    step.expect("challenge", answer.status == 401, "Takes it for a server that needs no sign-in.")
    step.expect(
        "challenge",
        said.lower().startswith("bearer"),
        "Finds no challenge: it has to guess where the metadata is.",
    )
    case.challenge = dict(_PARAMETER.findall(said))
    address = case.challenge.get("resource_metadata", "")
    step.expect("no_metadata_address", address, "Guesses the well-known addresses.")
    absolute = urlsplit(address).scheme in {"http", "https"} or not address
    step.expect("relative_metadata", absolute, "Ignores an address that is not absolute.")
    step.expect("no_scope", case.challenge.get("scope"), "Asks for every scope it finds.")


def resource(case: Case, step: Step) -> None:
    """The document of the resource: where the challenge says, at its path, at the root."""
    at = urlsplit(case.url)
    own = f"{at.scheme}://{at.netloc}/.well-known/{_RESOURCE}"
    named = case.challenge.get("resource_metadata", "")
    found = {}
    for address in dict.fromkeys([named, f"{own}{at.path}", own]):
        if urlsplit(address).scheme in {"http", "https"}:
            answer = case.wire.get(step, address)
            found[address] = answer.facts if answer.status == 200 else {}
    case.resource = next(filter(None, found.values()), {})
    step.need("resource_document", case.resource, "Finds no metadata and gives up.")
    for address, document in found.items():
        step.expect("path_document", document, f"Misses the document where some look: {address}")
    step.expect(
        "resource_mismatch",
        text(case.resource, "resource") == case.url,
        f"Refuses a document about {text(case.resource, 'resource') or 'nothing'}.",
    )
    servers = strings(case.resource, "authorization_servers")
    step.need("authorization_servers", servers, "Knows no authorization server.")
    case.issuer = servers[0]


def server(case: Case, step: Step) -> None:
    """The document of the authorization server, the first one that is there."""
    at = urlsplit(case.issuer)
    base, path = f"{at.scheme}://{at.netloc}", at.path.rstrip("/")
    for address in (
        f"{base}/.well-known/{_SERVER}{path}",
        f"{base}/.well-known/openid-configuration{path}",
    ):
        answer = case.wire.get(step, address)
        if answer.status == 200 and answer.facts:
            case.server = answer.facts
            break
    step.need("server_document", case.server, "Finds no endpoints and gives up.")
    step.expect(
        "issuer_mismatch",
        text(case.server, "issuer") == case.issuer,
        f"Refuses a document of another issuer: {text(case.server, 'issuer')}",
    )
    _promises(case, step)


def openid(case: Case, step: Step) -> None:
    """OpenID Connect discovery, which says the same where it is there."""
    answer = case.wire.get(step, f"{case.issuer.rstrip('/')}/.well-known/openid-configuration")
    step.expect("openid", answer.status == 200, "Knows no e-mail address of the person.")
    names = ("issuer", "authorization_endpoint", "token_endpoint", "registration_endpoint")
    same = all(answer.facts.get(name) == case.server.get(name) for name in names)
    step.expect("openid", same or answer.status != 200, "Takes whichever it reads first.")


def _promises(case: Case, step: Step) -> None:
    told = case.server
    for name in ("authorization_endpoint", "token_endpoint"):
        step.need("server_document", text(told, name), f"Knows no {name} and gives up.")
    s256 = "S256" in strings(told, "code_challenge_methods_supported")
    step.expect("s256_missing", s256, "Refuses a server that does not promise PKCE with S256.")
    methods = strings(told, "token_endpoint_auth_methods_supported")
    step.expect("none_missing", "none" in methods, "Registers with a secret, if it can.")
    scopes = strings(told, "scopes_supported")
    step.expect("offline_access", "offline_access" in scopes, "Is signed out when its hour ends.")
    step.expect(
        "iss_not_advertised",
        told.get("authorization_response_iss_parameter_supported") is True,
        "Uses a callback of its own for each connection, or none.",
    )
    step.expect(
        "documents", told.get("client_id_metadata_document_supported") is True,
        "Registers anew with every connection.",
    )  # fmt: skip
