"""What we tell clients about ourselves: only what works, the same words in every document."""

from typing import Any

from app.domain.callers import SCOPES
from app.domain.clients.metadata import CODE, DEVICE, REFRESH
from app.domain.grants import scopes
from app.domain.grants.rules import PROMPTS

_METHODS = ("none", "client_secret_basic", "client_secret_post", "private_key_jwt")
_SECRETS = _METHODS[1:]
_SIGNED_WITH = ("RS256", "ES256")
_CLAIMS = (
    "iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "email", "email_verified", "name",
)  # fmt: skip


def resource(base: str, path: str) -> dict[str, Any]:
    """Protected resource metadata (RFC 9728) of one of the endpoint's names."""
    return {
        "resource": f"{base}{path}",
        "authorization_servers": [base],
        "bearer_methods_supported": ["header"],
        "scopes_supported": SCOPES,
        "resource_name": "Polis",
        "resource_documentation": f"{base}/docs",
        "resource_policy_uri": f"{base}/privacy",
        "resource_tos_uri": f"{base}/terms",
    }


def server(base: str) -> dict[str, Any]:
    """Authorization server metadata (RFC 8414), which OpenID Connect discovery reads too.

    `none` stands first: a client that takes the first method it knows needs no secret.
    """
    return {
        "issuer": base,
        **_endpoints(base),
        "scopes_supported": scopes.ALL,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [CODE, REFRESH, DEVICE, "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": _METHODS,
        "token_endpoint_auth_signing_alg_values_supported": _SIGNED_WITH,
        "revocation_endpoint_auth_methods_supported": _METHODS,
        "revocation_endpoint_auth_signing_alg_values_supported": _SIGNED_WITH,
        "introspection_endpoint_auth_methods_supported": (*_SECRETS, "Bearer"),
        "introspection_endpoint_auth_signing_alg_values_supported": _SIGNED_WITH,
        "client_id_metadata_document_supported": True,
        "authorization_response_iss_parameter_supported": True,
        **_openid(),
        "service_documentation": f"{base}/docs",
        "op_policy_uri": f"{base}/privacy",
        "op_tos_uri": f"{base}/terms",
        "ui_locales_supported": ["en"],
    }


def _endpoints(base: str) -> dict[str, str]:
    return {
        "authorization_endpoint": f"{base}/oauth/authorize",
        "token_endpoint": f"{base}/api/oauth/token",
        "device_authorization_endpoint": f"{base}/api/oauth/device",
        "registration_endpoint": f"{base}/api/oauth/register",
        "revocation_endpoint": f"{base}/api/oauth/revoke",
        "introspection_endpoint": f"{base}/api/oauth/introspect",
        "userinfo_endpoint": f"{base}/api/oauth/userinfo",
        "jwks_uri": f"{base}/.well-known/jwks.json",
    }


def _openid() -> dict[str, Any]:
    return {
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": _SIGNED_WITH,
        "claims_supported": _CLAIMS,
        "prompt_values_supported": PROMPTS,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
