"""What a client says about itself, read once into what we hold of it (RFC 7591 §2)."""

from typing import Any, NamedTuple

from app.domain.clients import fields, names, redirects
from app.domain.clients.fields import Asked
from app.domain.clients.refusals import InvalidMetadata, InvalidRedirectUri
from app.domain.grants import scopes

CODE, REFRESH = "authorization_code", "refresh_token"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
NONE, KEYS = "none", "private_key_jwt"
SECRETS = ("client_secret_basic", "client_secret_post")
METHODS = (NONE, *SECRETS, KEYS)
LINKS = ("client_uri", "logo_uri", "tos_uri", "policy_uri")

_GRANTS = (CODE, REFRESH, DEVICE)
_ALGORITHMS = ("RS256", "ES256")
_UNNAMED = "Unnamed app"


class Metadata(NamedTuple):
    """A client as it may be kept."""

    name: str
    redirect_uris: tuple[str, ...]
    auth_method: str
    grant_types: tuple[str, ...]
    scopes: tuple[str, ...]
    links: dict[str, str | None]
    jwks: dict[str, Any] | None
    jwks_uri: str | None
    told: dict[str, Any]  # what is echoed and means nothing to us


def read(asked: Asked, own_host: str) -> Metadata:
    """Check every field we know; what we do not know is ignored."""
    method = fields.choice(asked, "token_endpoint_auth_method", METHODS) or NONE
    grants = _grants(asked)
    uris = _redirect_uris(asked, is_public=method == NONE, needed=CODE in grants)
    name = _name(asked)
    _refuse_imitation(name, uris, own_host)
    keys, keys_uri = _keys(asked, method)
    _refuse_other_answers(asked)
    return Metadata(
        name=name or _UNNAMED,
        redirect_uris=uris,
        auth_method=method,
        grant_types=grants,
        scopes=_scopes(asked),
        links={field: fields.link(asked, field) for field in LINKS},
        jwks=keys,
        jwks_uri=keys_uri,
        told=_told(asked, name),
    )


def _redirect_uris(asked: Asked, *, is_public: bool, needed: bool) -> tuple[str, ...]:
    uris = asked.get("redirect_uris")
    if uris in (None, []) and not needed:
        return ()
    if not isinstance(uris, list) or not all(isinstance(uri, str) for uri in uris):
        raise InvalidRedirectUri("redirect_uris must be a list of addresses.")
    problem = redirects.problems(uris, is_public=is_public)
    if problem is not None:
        raise InvalidRedirectUri(problem)
    return tuple(dict.fromkeys(uris))


def _grants(asked: Asked) -> tuple[str, ...]:
    """Grants we do not offer are left out of the echo; a client of nothing else is refused."""
    wanted = fields.texts(asked, "grant_types")
    if wanted is None:
        return (CODE, REFRESH)
    kept = tuple(grant for grant in _GRANTS if grant in wanted)
    if not set(kept) - {REFRESH}:
        raise InvalidMetadata(f"grant_types must include {CODE} or {DEVICE}.")
    return kept


def _name(asked: Asked) -> str | None:
    """Measured as it will be shown, so that what is stripped does not count."""
    given = asked.get("client_name")
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise InvalidMetadata("client_name must be a string.")
    name = names.clean(given)
    problem = names.problem(name)
    if problem is not None:
        raise InvalidMetadata(f"client_name: {problem}")
    return name


def _refuse_imitation(name: str | None, uris: tuple[str, ...], own_host: str) -> None:
    whose = names.imitates(name, uris, own_host) if name else None
    if whose is not None:
        raise InvalidMetadata(f"client_name reads like {whose}, whose redirect URIs these are not.")


def _scopes(asked: Asked) -> tuple[str, ...]:
    """Words we do not know are left out of the echo; a client of nothing else is refused."""
    wanted = (fields.text(asked, "scope") or "").split()
    if not wanted:
        return scopes.ALL
    kept = tuple(scope for scope in scopes.ALL if scope in wanted)
    if not kept:
        raise InvalidMetadata(f"scope must name some of {' '.join(scopes.ALL)}.")
    return kept


def _keys(asked: Asked, method: str) -> tuple[dict[str, Any] | None, str | None]:
    keys, uri = fields.key_set(asked), fields.link(asked, "jwks_uri")
    if keys is not None and uri is not None:
        raise InvalidMetadata("Give jwks or jwks_uri, not both.")
    if uri is not None and not uri.startswith("https://"):
        raise InvalidMetadata("jwks_uri must be an https address.")
    if method == KEYS and keys is None and uri is None:
        raise InvalidMetadata(f"{KEYS} needs jwks or jwks_uri.")
    return keys, uri


def _refuse_other_answers(asked: Asked) -> None:
    types = fields.texts(asked, "response_types")
    if types is not None and "code" not in types:
        raise InvalidMetadata("response_types must include code; nothing else is offered.")


def _told(asked: Asked, name: str | None) -> dict[str, Any]:
    said = {
        "client_name": name,
        "contacts": fields.texts(asked, "contacts"),
        "software_id": fields.text(asked, "software_id"),
        "software_version": fields.text(asked, "software_version"),
        "application_type": fields.choice(asked, "application_type", ("web", "native")),
        "id_token_signed_response_alg": fields.choice(
            asked, "id_token_signed_response_alg", _ALGORITHMS
        ),
    }
    return {field: value for field, value in said.items() if value is not None}
