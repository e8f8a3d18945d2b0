"""What a client ID metadata document must say, and what is kept of it.

Stricter than registration in what must be there, and milder in the rest: a fault ends a client
that people use, so what is odd and not needed is left out.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.domain.clients import names, redirects, vendors
from app.domain.fetching import as_object
from app.domain.grants import scopes

LONGEST_ADDRESS = 500

_ADDRESS = re.compile(r"https://[a-z0-9.-]+(?::443)?/[!-~]+")
_UNSAFE = re.compile(r"""[\\"<>^`{|}#@]""")
_DOTS = re.compile(r"/(?:\.|%2e){1,2}(?=[/?]|$)", re.IGNORECASE)
_METHODS = ("none", "private_key_jwt")
_GRANTS = (
    "authorization_code",
    "refresh_token",
    "urn:ietf:params:oauth:grant-type:device_code",
)
_LINKS = ("client_uri", "logo_uri", "tos_uri", "policy_uri")
_PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "k"}  # members of a key that is not public
_MOST_KEYS = 20
_TOLD = {
    "application_type": ("web", "native"),
    "id_token_signed_response_alg": ("RS256", "ES256"),
}


class BadDocument(Exception):
    """A document that no client can be made of; the sentence holds none of its bytes."""


class Described(NamedTuple):
    """Columns of a client, read from its document."""

    name: str
    redirect_uris: list[str]
    auth_methods: str
    grant_types: str
    scopes: str
    client_uri: str | None
    logo_uri: str | None
    tos_uri: str | None
    policy_uri: str | None
    jwks: dict[str, Any] | None
    jwks_uri: str | None
    told: dict[str, str]


def is_address(client_id: str) -> bool:
    """Whether a client id is the address of a document: https, a path, nothing that varies."""
    sound = len(client_id) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(client_id)
    return bool(sound) and not (_UNSAFE.search(client_id) or _DOTS.search(client_id))


def read(address: str, body: bytes, own_host: str) -> Described:
    """The client a document describes, or BadDocument with what is wrong."""
    document = _parsed(body)
    if document.get("client_id") != address:
        raise BadDocument("Its client_id is not its own address.")
    if "client_secret" in document:
        raise BadDocument("It holds a client_secret.")
    jwks, jwks_uri = _keys(document), _key_address(address, document)
    methods = _methods(document, has_keys=bool(jwks or jwks_uri))
    uris = _redirect_uris(document, is_public="none" in methods)
    return Described(
        name=_name(address, document, uris, own_host),
        redirect_uris=uris,
        auth_methods=" ".join(methods),
        grant_types=" ".join(_grants(document)),
        scopes=" ".join(_scopes(document)),
        jwks=jwks,
        jwks_uri=jwks_uri,
        told={k: document[k] for k, known in _TOLD.items() if document.get(k) in known},
        **{name: _link(document.get(name)) for name in _LINKS},
    )


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        return as_object(body)
    except ValueError:
        raise BadDocument("It is not a JSON object.") from None


def _name(address: str, document: dict[str, Any], uris: list[str], own_host: str) -> str:
    given = document.get("client_name")
    name = names.clean(given) if isinstance(given, str) else ""
    if names.problem(name) is not None:
        raise BadDocument("Its client_name is missing or too long.")
    theirs = vendors.of_host(urlsplit(address).hostname or "") is not None
    if not theirs and names.imitates(name, uris, own_host) is not None:
        raise BadDocument("Its client_name is somebody else's.")
    return name


def _redirect_uris(document: dict[str, Any], *, is_public: bool) -> list[str]:
    uris = document.get("redirect_uris")
    if not isinstance(uris, list) or not all(isinstance(uri, str) for uri in uris):
        raise BadDocument("Its redirect_uris are missing.")
    if redirects.problems(uris, is_public=is_public) is not None:
        raise BadDocument("One of its redirect_uris is not acceptable.")
    return uris


def _methods(document: dict[str, Any], *, has_keys: bool) -> list[str]:
    """Every method it lists that needs no shared secret: a public file can hold none."""
    one = document.get("token_endpoint_auth_method")
    several = document.get("token_endpoint_auth_methods_supported")
    listed = several if isinstance(several, list) else []
    given = listed if one is None else [one, *listed]
    usable = _METHODS if has_keys else _METHODS[:1]
    methods = [each for each in usable if each in given] if given else ["none"]
    if not methods:
        raise BadDocument("It asks for no authentication method that a document can use.")
    return methods


def _grants(document: dict[str, Any]) -> tuple[str, ...]:
    given = document.get("grant_types")
    listed = given if isinstance(given, list) else []
    return tuple(each for each in _GRANTS if each in listed) or _GRANTS[:2]


def _scopes(document: dict[str, Any]) -> tuple[str, ...]:
    given = document.get("scope")
    asked = given.split() if isinstance(given, str) else []
    return tuple(each for each in scopes.ALL if each in asked) or scopes.ALL


def _keys(document: dict[str, Any]) -> dict[str, Any] | None:
    jwks = document.get("jwks")
    if jwks is None:
        return None
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not 1 <= len(keys) <= _MOST_KEYS:
        raise BadDocument("Its jwks is not a set of keys.")
    if not all(isinstance(key, dict) and not _PRIVATE & key.keys() for key in keys):
        raise BadDocument("Its jwks holds something besides public keys.")
    return {"keys": [_plain_members(key) for key in keys]}


def _plain_members(key: dict[str, Any]) -> dict[str, str]:
    """Strings only: what a key has beyond them (`x5c`, `key_ops`) is not needed to verify."""
    return {k: v for k, v in key.items() if isinstance(v, str) and f"{k}{v}".isascii()}


def _key_address(address: str, document: dict[str, Any]) -> str | None:
    given = document.get("jwks_uri")
    if given is None:
        return None
    if not isinstance(given, str) or not is_address(given) or _origin(given) != _origin(address):
        raise BadDocument("Its jwks_uri is not on its own origin.")
    return given


def _origin(address: str) -> str:
    return urlsplit(address).netloc.removesuffix(":443")


def _link(given: object) -> str | None:
    sound = isinstance(given, str) and (is_address(given) or is_address(f"{given.rstrip('/')}/-"))
    return given if isinstance(given, str) and sound else None
