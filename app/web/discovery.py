"""The documents a client looks for before it has a credential, wherever clients look for them."""

from flask import Blueprint, Response, jsonify

from app.domain.grants.audience import NAMES
from app.web import asked, metadata

blueprint = Blueprint("discovery", __name__)

_RESOURCE = "/.well-known/oauth-protected-resource"
_SERVER = "/.well-known/oauth-authorization-server"
_MINUTES = 5


def protected_resource(path: str) -> Response:
    """Protected resource metadata (RFC 9728), where every 401 challenge points."""
    return _kept_a_while(jsonify(metadata.resource(asked.base(), path)))


def authorization_server() -> Response:
    """Authorization server metadata (RFC 8414), and the same as OpenID Connect discovery."""
    return _kept_a_while(jsonify(metadata.server(asked.base())))


def _kept_a_while(answer: Response) -> Response:
    answer.headers["Cache-Control"] = f"public, max-age={_MINUTES * 60}"
    answer.headers["Vary"] = "Host"
    return answer


def _resource_at(rule: str, path: str) -> None:
    _PATHS.append(rule)
    blueprint.add_url_rule(
        rule,
        f"resource{rule.replace('.', '')}",
        protected_resource,
        defaults={"path": path},
        strict_slashes=False,
    )


def _server_at(rule: str) -> None:
    _PATHS.append(rule)
    endpoint = f"server{rule.replace('.', '')}"
    blueprint.add_url_rule(rule, endpoint, authorization_server, strict_slashes=False)


def paths() -> frozenset[str]:
    """Where the documents are, with and without a slash at the end."""
    return frozenset(path + end for path in _PATHS for end in ("", "/"))


_PATHS: list[str] = []
_resource_at(_RESOURCE, NAMES[0])
_server_at(_SERVER)
_server_at("/.well-known/openid-configuration")
for _name in NAMES:
    _resource_at(f"{_RESOURCE}{_name}", _name)
    _resource_at(f"{_name}{_RESOURCE}", _name)
    _server_at(f"{_SERVER}{_name}")
